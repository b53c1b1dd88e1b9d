import { blocksOf } from '#app/modules/legal/legal-rules.ts';

/** A text of the operator; what it holds is text and stays text. */
export function Blocks({ text }: { text: string }) {
  return (
    <div className="grid max-w-[70ch] gap-4 [overflow-wrap:anywhere]">
      {blocksOf(text).map((block, i) => {
        const key = `${i}`;
        if (block.kind === 'heading')
          return (
            <h2 key={key} className="mt-2">
              {block.text}
            </h2>
          );
        if (block.kind === 'list')
          return (
            <ul key={key} className="grid list-disc gap-1 pl-5">
              {block.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          );
        return (
          <p key={key} className="whitespace-pre-line">
            {block.text}
          </p>
        );
      })}
    </div>
  );
}
