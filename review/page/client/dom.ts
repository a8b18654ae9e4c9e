export type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * An element with what is in it. Texts become text nodes: nothing that a review says is ever read as markup, and the
 * page's policy of content lets no other way pass.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Attributes = {},
    ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === false) continue;
        made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== undefined && child !== false));
    return made;
}

export const chip = (tone: "bad" | "warn" | "good" | "plain", text: string): HTMLElement =>
    element("span", { class: `chip ${tone}` }, text);

/** Something between each two. */
export function joined(children: readonly Child[], between: string): Child[] {
    return children.flatMap((child, at) => (at > 0 ? [between, child] : [child]));
}

/** @throws {Error} when the page was not written by the same version. */
export function dataOf(id: string): unknown {
    const holder = document.getElementById(`data-${id}`);
    if (holder === null) throw new Error(`the page has no data for ${id}`);
    return JSON.parse(holder.textContent);
}
