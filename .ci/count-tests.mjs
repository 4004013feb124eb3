import { existsSync, readFileSync } from 'node:fs';

// Prints what was skipped and what failed, and the last line of the check, from vitest's JSON reports. A test file that could not be loaded counts as one failure.
let passed = 0;
const skipped = [];
const failures = [];
for (const name of process.argv.slice(2).filter((each) => existsSync(each))) {
  const report = JSON.parse(readFileSync(name, 'utf8'));
  passed += report.numPassedTests;
  for (const file of report.testResults) {
    skipped.push(...file.assertionResults.filter((test) => ['pending', 'skipped'].includes(test.status)));
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    for (const test of failed) {
      failures.push([file.name, test.fullName, test.failureMessages.join('\n')]);
    }
    if (file.status === 'failed' && failed.length === 0) {
      failures.push([file.name, 'could not be run', file.message ?? '']);
    }
  }
}
for (const { fullName } of skipped) console.log(`SKIPPED ${fullName}`);
for (const [file, test, message] of failures) {
  console.log(`FAILED ${file}: ${test}\n${message.slice(0, 1500)}\n`);
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
