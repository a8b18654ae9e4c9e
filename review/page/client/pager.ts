import { grouped } from "./texts";
import { element } from "./dom";

/** So many rows are drawn at once: all of them would take a browser seconds, and nobody reads them. */
export const PAGE_ROWS = 60;

/** The page that is shown, from 0, of lists of any length. */
export class Pager {
    readonly nav: HTMLElement;
    page = 0;
    readonly #before: HTMLButtonElement;
    readonly #after: HTMLButtonElement;
    readonly #place = element("span");
    #pages = 1;

    constructor(label: string, turned: () => void) {
        const button = (title: string, by: number): HTMLButtonElement => {
            const made = element("button", { type: "button" }, title);
            made.addEventListener("click", () => {
                if (made.getAttribute("aria-disabled") === "true") return;
                this.page += by;
                turned();
            });
            return made;
        };
        this.#before = button("← Before", -1);
        this.#after = button("Next →", 1);
        this.nav = element(
            "nav",
            { class: "pager", "aria-label": label },
            this.#before,
            this.#place,
            this.#after,
        );
    }

    /** What of so many rows is on the page; a page that is no more is the last one. */
    range(rows: number): readonly [from: number, to: number] {
        this.#pages = Math.max(1, Math.ceil(rows / PAGE_ROWS));
        this.page = Math.min(this.page, this.#pages - 1);
        this.nav.hidden = this.#pages === 1;
        this.#place.textContent = `Page ${grouped(this.page + 1)} of ${grouped(this.#pages)}`;
        // Not `disabled`: a button that is pressed must not lose the focus.
        this.#before.setAttribute("aria-disabled", String(this.page === 0));
        this.#after.setAttribute("aria-disabled", String(this.page === this.#pages - 1));
        return [this.page * PAGE_ROWS, Math.min(rows, (this.page + 1) * PAGE_ROWS)];
    }
}
