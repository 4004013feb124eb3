import { photoPath } from '#giving/campaign-pages/picture.tsx';
import type { UploadForm } from '#platform/files/file-store.ts';
import type { Photo } from './photo.ts';
import { photoWords as words } from './photo-words.ts';

interface PhotoProps {
  readonly photo: Photo;
  readonly title: string;
  readonly upload: UploadForm | null;
}

/** Where a photo stands: the form to send it, that it is worked on, how it looks, or what was wrong with it. */
export function PhotoUpload({ photo, title, upload }: PhotoProps) {
  const again = `/staff/campaigns/${photo.slug}/photo`;
  return (
    <>
      <h1>{words.title(title)}</h1>
      {upload && <UploadPhoto upload={upload} />}
      {photo.state === 'asked' && (
        <p class="notice" role="status">
          {words.working}
        </p>
      )}
      {photo.state === 'refused' && photo.fault && (
        <section class="errors" role="alert">
          <h2>{words.refused}</h2>
          <p>{words.faults[photo.fault]}</p>
        </section>
      )}
      {photo.state === 'done' && (
        <>
          <p class="notice done" role="status">
            {words.done}
          </p>
          <img
            class="hero photo"
            src={photoPath(photo.sizes[0]?.hash ?? '')}
            alt={photo.alt.en}
            width="480"
            height="270"
          />
        </>
      )}
      <p class="row">
        {photo.state !== 'asked' && (
          <a class="button quiet" href={again}>
            {upload ? words.describeAgain : words.another}
          </a>
        )}
        <a class="button quiet" href="/staff/campaigns">
          {words.toCampaigns}
        </a>
      </p>
    </>
  );
}

/** The form that sends the photo to the bucket itself: a function could not take as much. */
function UploadPhoto({ upload }: { readonly upload: UploadForm }) {
  return (
    <form method="post" action={upload.url} enctype="multipart/form-data">
      {Object.entries(upload.fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="field">
        <label for="file">{words.choose}</label>
        <span class="note" id="file-hint">
          {words.consent}
        </span>
        <input
          type="file"
          id="file"
          name="file"
          accept="image/jpeg,image/png"
          required
          aria-describedby="file-hint"
        />
      </div>
      <p class="note">{words.tooLarge}</p>
      <button type="submit">{words.upload}</button>
    </form>
  );
}
