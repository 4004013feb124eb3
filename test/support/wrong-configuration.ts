// Loaded before the program under test, in its process: sets fields of the charity or of a stage as the test says.
import { charity } from '#platform/charity.ts';
import { stages } from '../../infra/stages.ts';

const changes = JSON.parse(process.env.TEST_CONFIGURATION ?? '{}') as { charity?: object; dev?: object };
Object.assign(charity, changes.charity);
Object.assign(stages.dev, changes.dev);
