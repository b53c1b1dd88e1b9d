import * as m from '#app/i18n/paraglide/messages.js';
import drag from '#app/ui/drag-booking.js?url';
import { Submit } from '#app/ui/form.tsx';

/** What asks before a dragged booking is moved, and the script that drags; without it the order's page has the form. `back`: where it leads again. */
export function DragBooking({ back }: { back: string }) {
  return (
    <>
      <p id="drag-hint" className="tiny pointer-coarse:hidden" hidden>
        {m.centre_drag_hint()}
      </p>
      <dialog
        id="drag"
        className="card pad m-auto max-w-[min(28rem,calc(100vw-32px))] text-ink backdrop:bg-black/40"
        aria-labelledby="drag-ask"
      >
        <form method="post" className="grid gap-4">
          <p
            id="drag-ask"
            className="text-[1.0625rem] font-semibold"
            data-ask={m.centre_drag_ask({ when: '{when}', resource: '{resource}' })}
            data-place={m.centre_drag_place({ resource: '{resource}' })}
          />
          <input type="hidden" name="start" />
          <input type="hidden" name="version" />
          <input type="hidden" name="resource" />
          <input type="hidden" name="back" value={back} />
          <div className="flex flex-wrap gap-3">
            <Submit name="intent" value="move">
              {m.centre_move_submit()}
            </Submit>
            <button type="button" className="btn">
              {m.centre_drag_leave()}
            </button>
          </div>
        </form>
      </dialog>
      <script src={drag} defer />
    </>
  );
}
