import { controls } from "./controls";
import { chip, dataOf, element } from "./dom";
import { resourceTrees } from "./resource-data";
import type { Found, ResourceTree } from "./resource-data";
import type { PackedResources } from "./shapes";
import { counted, grouped } from "./texts";

/** So many are drawn before somebody asks for more. */
const MOST = 250;
/** What opens by itself: the stack, and its platforms; of a short list all. */
const OPEN_DEPTH = 1;

const TONES = { added: "good", changed: "warn", replaced: "bad", removed: "bad", renamed: "plain" } as const;
const SIGNS = { added: "+", changed: "~", replaced: "±", removed: "−", renamed: "→" } as const;

/** What the head is made of: lists in lists, drawn as far as they are open. */
export function resourceExplorer(into: HTMLElement): (query: URLSearchParams) => void {
    const trees = resourceTrees(dataOf("resources") as PackedResources);
    const all = trees.reduce((sum, { size }) => sum + size, 0);
    const results = element("div", { class: "results trees" });
    const narrow = controls(
        "resources",
        [
            { kind: "text", name: "text", label: "Any words", hint: "name or type …" },
            {
                kind: "choice",
                name: "stack",
                label: "Stack",
                options: [["", "All"], ...trees.map(({ stack }) => [stack, stack] as const)],
            },
            { kind: "check", name: "changed", label: "Only what changes" },
        ],
        () => {
            draw();
        },
    );
    const draw = (): void => {
        const filter = {
            text: narrow.value("text"),
            stack: narrow.value("stack"),
            changed: narrow.checked("changed"),
        };
        const isNarrowed = filter.text !== "" || filter.changed;
        const found = trees.map((tree) => ({ tree, found: tree.find(filter) }));
        const count = found.reduce((sum, each) => sum + each.found.count, 0);
        narrow.status.textContent =
            count === all ? counted(all, "resource") : `${grouped(count)} of ${counted(all, "resource")}`;
        const shown = found.filter((each) => each.found.count > 0);
        results.replaceChildren(...shown.map((each) => stackOf(each.tree, each.found, isNarrowed)));
        if (shown.length === 0)
            results.append(
                element(
                    "p",
                    { class: "nothing" },
                    all === 0 ? "The head has no resource." : "No resource fits what you ask for.",
                ),
            );
    };
    into.append(narrow.form, narrow.status, results);
    arrows(results);
    return (query) => {
        narrow.set(query);
        draw();
    };
}

function stackOf(tree: ResourceTree, found: Found, isNarrowed: boolean): HTMLElement {
    const drawing = new Drawing(tree, found, isNarrowed);
    const heading = element(
        "h3",
        {},
        tree.stack,
        " ",
        element("span", { class: "count" }, grouped(found.count)),
    );
    return element("section", {}, heading, drawing.list(tree.roots, 0));
}

/** One drawing of a tree: it stops at `MOST`, and goes on where it is asked to. */
class Drawing {
    #left = MOST;

    constructor(
        private readonly tree: ResourceTree,
        private readonly found: Found,
        private readonly isNarrowed: boolean,
    ) {}

    list(places: readonly number[], depth: number): HTMLElement {
        const list = element("ul", { class: depth === 0 ? "tree" : "" });
        this.#fill(list, places.filter(this.found.isSeen), depth);
        return list;
    }

    #fill(list: HTMLElement, places: readonly number[], depth: number): void {
        let drawn = 0;
        while (drawn < places.length && this.#left > 0) {
            this.#left--;
            list.append(this.#item(places[drawn++] ?? 0, depth));
        }
        const rest = places.slice(drawn);
        if (rest.length === 0) return;
        const more = element("button", { type: "button", class: "quiet" }, `${grouped(rest.length)} more`);
        const item = element("li", {}, more);
        more.addEventListener("click", () => {
            this.#left = MOST;
            item.remove();
            this.#fill(list, rest, depth);
            list.children[drawn]?.querySelector<HTMLElement>("button, [tabindex]")?.focus();
        });
        list.append(item);
    }

    #item(at: number, depth: number): HTMLElement {
        const { tree } = this;
        const change = tree.change(at);
        const within = tree.within(at);
        const changed = tree.changedWithin(at);
        const names = [
            element("code", { title: tree.urn(at) }, tree.name(at)),
            " ",
            element("span", { class: "muted" }, tree.type(at)),
            change !== "" && " ",
            change !== "" && chip(TONES[change], `${SIGNS[change]} ${change}`),
        ];
        const children = tree.children(at);
        if (!children.some(this.found.isSeen))
            return element("li", {}, element("span", { class: "leaf", tabindex: "-1" }, ...names));
        const told =
            changed > 0
                ? `${grouped(within)} within, ${grouped(changed)} changed`
                : `${grouped(within)} within`;
        const button = element(
            "button",
            { type: "button", class: "branch", "aria-expanded": "false" },
            ...names,
            " ",
            element("span", { class: "count" }, told),
        );
        const item = element("li", {}, button);
        const open = (isOpen: boolean): void => {
            button.setAttribute("aria-expanded", String(isOpen));
            if (item.children.length === 1 && isOpen) item.append(this.list(children, depth + 1));
            const inner = item.children[1];
            if (inner instanceof HTMLElement) inner.hidden = !isOpen;
        };
        button.addEventListener("click", () => {
            this.#left = Math.max(this.#left, MOST);
            open(button.getAttribute("aria-expanded") !== "true");
        });
        if (this.#left > 0 && (this.isNarrowed || depth < OPEN_DEPTH || tree.size < 40)) open(true);
        return item;
    }
}

/** Up and down through what is seen, left closes, right opens: as people know it of files. */
function arrows(results: HTMLElement): void {
    results.addEventListener("keydown", (event) => {
        const from = event.target;
        if (!(from instanceof HTMLElement) || !from.matches(".branch, .leaf")) return;
        const all = [...results.querySelectorAll<HTMLElement>(".branch, .leaf")].filter((each) =>
            each.checkVisibility(),
        );
        const at = all.indexOf(from);
        const expanded = from.getAttribute("aria-expanded");
        if (event.key === "ArrowDown") all[at + 1]?.focus();
        else if (event.key === "ArrowUp") all[at - 1]?.focus();
        else if (event.key === "ArrowRight" && expanded === "false") from.click();
        else if (event.key === "ArrowLeft" && expanded === "true") from.click();
        else if (event.key === "ArrowLeft")
            from.closest("ul")?.closest("li")?.querySelector<HTMLElement>(".branch")?.focus();
        else return;
        event.preventDefault();
    });
}
