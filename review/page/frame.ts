import { markup } from "./html";
import type { Html, Part } from "./html";

export interface View {
    readonly id: string;
    readonly title: string;
    /** Shown beside the name; absent where a number says nothing. */
    readonly count?: string;
    /** One sentence under the heading: what is to be seen. */
    readonly lead: Part;
    readonly body: Part;
}

/** A part of the page that a script draws, with its data; without one it says so. */
export const explorer = (id: string, data: Html): Html =>
    markup`<noscript
            ><p class="nothing">
                This explorer is drawn by the page's own script, which your browser does not run. The summary, the
                violations and the changes do without.
            </p></noscript
        >
        <div data-explorer="${id}"></div>
        <script type="application/json" id="data-${id}">
            ${data}
        </script>`;

export const view = ({ id, title, lead, body }: View): Html =>
    markup`<section class="view" id="${id}" data-view aria-labelledby="${id}-title">
        <h2 id="${id}-title" tabindex="-1">${title}</h2>
        <p class="lead">${lead}</p>
        ${body}
    </section>`;

export const navigation = (views: readonly View[]): Html =>
    markup`<nav aria-label="Parts of this review">
        <ul>
            ${views.map(
                ({ id, title, count }) =>
                    markup`<li>
                        <a href="#${id}">${title}${count !== undefined && markup` <span class="count">${count}</span>`}</a>
                    </li> `,
            )}
        </ul>
    </nav>`;
