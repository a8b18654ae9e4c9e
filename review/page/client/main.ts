import { accessExplorer } from "./access-view";
import { calendarExplorer } from "./calendar-view";
import { listFilter } from "./list-filter";
import { resourceExplorer } from "./resource-view";
import { routeOf } from "./route";
import { themeSwitch } from "./theme-switch";

/** What draws a part of the page when it is first opened, and how it then follows the address. */
type Mount = (into: HTMLElement) => (query: URLSearchParams) => void;

const MOUNTS: Readonly<Record<string, Mount | undefined>> = {
    access: accessExplorer,
    rotation: calendarExplorer,
    resources: resourceExplorer,
    violations: listFilter,
    changes: listFilter,
};

const views = [...document.querySelectorAll<HTMLElement>("[data-view]")];
const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a[href^='#']")];
const mounted = new Map<string, (query: URLSearchParams) => void>();

/** Shows what the address names, and opens what it stands in. */
function follow(moveFocus: boolean): void {
    const { id, query } = routeOf(location.hash);
    const target = document.getElementById(id);
    const view = target?.closest<HTMLElement>("[data-view]") ?? views[0];
    if (view === undefined) return;
    document.documentElement.dataset["js"] = "on";
    for (const each of views) each.classList.toggle("away", each !== view);
    for (const link of links) {
        if (link.hash === `#${view.id}`) current(link);
        else link.removeAttribute("aria-current");
    }
    show(view, target === view ? query : new URLSearchParams());
    if (target !== null && target !== view) reveal(target);
    else if (moveFocus) {
        view.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
        scrollTo(0, 0);
    }
}

function current(link: HTMLElement): void {
    link.setAttribute("aria-current", "page");
    const list = link.closest("ul");
    // On a narrow screen there are more links than fit.
    if (list !== null) list.scrollLeft = link.offsetLeft - list.clientWidth / 2 + link.offsetWidth / 2;
}

function show(view: HTMLElement, query: URLSearchParams): void {
    const mount = MOUNTS[view.id];
    if (mount === undefined) return;
    const into = view.querySelector<HTMLElement>("[data-explorer], [data-filter]");
    if (into === null) return;
    const apply = mounted.get(view.id) ?? mount(into);
    mounted.set(view.id, apply);
    apply(query);
}

function reveal(target: HTMLElement): void {
    target.hidden = false;
    for (let each: HTMLElement | null = target; each !== null; each = each.parentElement)
        if (each instanceof HTMLDetailsElement) each.open = true;
    for (const each of target.querySelectorAll("details")) each.open = true;
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
}

for (const into of document.querySelectorAll("[data-theme-switch]")) themeSwitch(into);
addEventListener("hashchange", () => {
    follow(true);
});
// The link to where one already is leads back to all of it.
for (const link of links)
    link.addEventListener("click", () => {
        if (link.hash === location.hash) follow(true);
    });
follow(false);
