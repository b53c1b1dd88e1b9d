import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { ConversationAround, ConversationView } from '#app/read-models/view-conversation.server.ts';
import { dayTime, iso, megabytes } from '#app/ui/format.ts';
import { keepMarkup } from '#app/ui/kept-markup.server.tsx';

type MessageProps = {
  message: ConversationView['messages'][number];
  /** Of the conversation. */
  id: string;
  timeZone: string;
  latest: boolean;
};

/** A message may be long: those of some pages are kept, and no more of what people write to each other. */
const MOST_KEPT = 300;
const drawnMessage = keepMarkup((props: MessageProps) => <Message {...props} />, MOST_KEPT);

/** The messages of a conversation, each drawn once for what it says; without them, what stands around. */
export function drawnConversation({ messages, ...view }: ConversationView): { view: ConversationAround; messages: string[] } {
  const { id, timeZone } = view;
  const drawn = messages.map((message, i) => drawnMessage({ message, id: id ?? '', timeZone, latest: i === messages.length - 1 }));
  return { view, messages: drawn };
}

/** What people wrote is text and stays text. */
function Message({ message: { id: of, own, seen, by, at, text, files }, id, timeZone, latest }: MessageProps) {
  return (
    <li
      id={latest ? 'latest' : undefined}
      className={`max-w-[90%] rounded-field px-3 py-2 ${own ? 'justify-self-end bg-accent-soft' : 'justify-self-start bg-sunk'}`}
    >
      <p className="tiny">
        {own ? m.messages_own({ name: by ?? '' }) : by} · <time dateTime={iso(at)}>{dayTime(at, { timeZone })}</time>
        {seen && ` · ${m.messages_seen()}`}
      </p>
      {text && (
        <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {text}
        </p>
      )}
      {files.map((file) => (
        <p key={file.id}>
          <a className="link [overflow-wrap:anywhere]" href={localePath(`/messages/${id}/files/${of}/${file.id}`)}>
            {file.name}
          </a>{' '}
          <span className="tiny">{megabytes(file.size)}</span>
        </p>
      ))}
    </li>
  );
}
