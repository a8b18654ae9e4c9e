import { element } from "./dom";
import { remember, remembered } from "./storage";

const THEMES = [
    ["auto", "System"],
    ["light", "Light"],
    ["dark", "Dark"],
] as const;

export function themeSwitch(into: Element): void {
    const chosen = remembered("theme") ?? "auto";
    const select = element(
        "select",
        { id: "theme" },
        ...THEMES.map(([value, title]) => element("option", { value, selected: value === chosen }, title)),
    );
    select.addEventListener("change", () => {
        document.documentElement.dataset["theme"] = select.value;
        remember("theme", select.value);
    });
    into.append(element("label", { for: "theme" }, "Theme"), " ", select);
}
