import { demoSignIns } from '../../infra/demo/staff.ts';
import { startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { openLocalDirectory } from './directory.ts';
import { story } from './story.ts';

/** A story with the local sign-in: `issuer`, and `directory`, its people as the staff's function reaches them. */
export const signInStory = story
  .extend('issuer', async ({}, { onCleanup }) => {
    const issuer = await startLocalSignIn({ port: 0 }, demoSignIns);
    onCleanup(() => issuer.close());
    return issuer;
  })
  .extend('directory', async ({ issuer }, { onCleanup }) => {
    const { directory, close } = await openLocalDirectory(issuer);
    onCleanup(close);
    return directory;
  });
