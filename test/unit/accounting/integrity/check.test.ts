import { describe, expect, it } from 'vitest';
import { type Finding, Findings } from '#accounting/integrity/findings.ts';

const many = 1000;

function addMany(findings: Findings): void {
  for (let number = 1; number <= many; number += 1) {
    findings.add('2 payments', `gift pi_${number}`, 'is not there');
    findings.add('5 messages', `message ${number}`, 'is not there');
  }
}

describe('the findings of an audit', () => {
  it('are all counted, and the first fifty of each check are kept by name', () => {
    const findings = new Findings();
    addMany(findings);
    expect(findings.total).toBe(2 * many);
    expect(findings.named).toHaveLength(100);
    expect(findings.named.at(-1)).toMatchObject({ check: '5 messages', subject: 'message 50' });
    expect(findings.unnamed).toBe(2 * many - 100);
  });

  it('are reported one by one as they are found, and not kept, where all are wanted', () => {
    const reported: Finding[] = [];
    const findings = new Findings((finding) => reported.push(finding));
    findings.add('2 payments', 'gift pi_0', 'is not there');
    expect(reported).toEqual([{ check: '2 payments', subject: 'gift pi_0', says: 'is not there' }]);
    addMany(findings);
    expect(reported).toHaveLength(1 + 2 * many);
    expect(findings.named).toEqual([]);
    expect([findings.total, findings.unnamed]).toEqual([1 + 2 * many, 0]);
  });
});
