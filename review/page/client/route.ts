/** What the page's address says after `#`: a part of the page, or something in it, and how an explorer is filtered. */
export interface Route {
    readonly id: string;
    readonly query: URLSearchParams;
}

export function routeOf(hash: string): Route {
    const [id = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
    return { id, query: new URLSearchParams(query) };
}

/** Only what is set, so that the address of an explorer as it opens is short. */
export function hashOf({ id, query }: Route): string {
    const set = new URLSearchParams([...query].filter(([, value]) => value !== ""));
    const text = set.toString();
    return text === "" ? `#${id}` : `#${id}?${text}`;
}
