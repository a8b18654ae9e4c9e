import { controls } from "./controls";
import type { Control, Controls } from "./controls";
import { element } from "./dom";
import { counted, grouped, wordsOf } from "./texts";

interface Item {
    readonly node: HTMLElement;
    /** Made when it is first asked for. */
    text: string | undefined;
}

/** Narrows a list that is there without a script: it takes away, and never adds. */
export function listFilter(into: HTMLElement): (query: URLSearchParams) => void {
    const view = into.closest<HTMLElement>("[data-view]")?.id ?? "";
    const list = document.querySelector(`[data-list="${into.dataset["filter"] ?? ""}"]`);
    const items = [...(list?.children ?? [])]
        .filter((node) => node instanceof HTMLElement)
        .map((node): Item => ({ node, text: undefined }));
    const narrow = controls(view, fieldsOf(items), () => {
        update(items, narrow);
    });
    const line = element("div", { class: "line" }, narrow.status);
    into.append(narrow.form, line);
    if (items.some(({ node }) => node.querySelector(":scope > details") !== null))
        line.append(openers(items));
    return (query) => {
        narrow.set(query);
        update(items, narrow);
    };
}

function fieldsOf(items: readonly Item[]): readonly Control[] {
    const of = (key: string): (readonly [string, string])[] =>
        [...new Set(items.map(({ node }) => node.dataset[key] ?? ""))]
            .filter((each) => each !== "")
            .map((each) => [each, each] as const);
    const choice = (key: string, label: string): readonly Control[] =>
        of(key).length < 2 ? [] : [{ kind: "choice", name: key, label, options: [["", "All"], ...of(key)] }];
    return [
        { kind: "text", name: "text", label: "Any words", hint: "resource, policy, property …" },
        ...choice("stack", "Stack"),
        ...choice("kind", "Kind"),
        ...choice("level", "Level"),
    ];
}

function update(items: readonly Item[], narrow: Controls): void {
    const words = wordsOf(narrow.value("text"));
    const wanted = ["stack", "kind", "level"].map((key) => [key, narrow.value(key)] as const);
    let left = 0;
    for (const item of items) {
        const fits =
            wanted.every(([key, value]) => value === "" || item.node.dataset[key] === value) &&
            (words.length === 0 || words.every((word) => textOf(item).includes(word)));
        item.node.hidden = !fits;
        if (fits) left++;
    }
    narrow.status.textContent =
        left === items.length
            ? counted(left, "entry", "entries")
            : `${grouped(left)} of ${counted(items.length, "entry", "entries")}`;
}

const textOf = (item: Item): string => (item.text ??= item.node.textContent.toLowerCase());

function openers(items: readonly Item[]): HTMLElement {
    const button = (title: string, open: boolean): HTMLElement => {
        const made = element("button", { type: "button", class: "quiet" }, title);
        made.addEventListener("click", () => {
            for (const { node } of items)
                if (!node.hidden) for (const each of node.querySelectorAll("details")) each.open = open;
        });
        return made;
    };
    return element("p", { class: "openers" }, button("Open all", true), " ", button("Close all", false));
}
