import { element } from "./dom";
import { hashOf } from "./route";

/** How an explorer is narrowed: each has a name, which stands in the address. */
export type Control =
    | { readonly kind: "text"; readonly name: string; readonly label: string; readonly hint: string }
    | { readonly kind: "check"; readonly name: string; readonly label: string }
    | {
          readonly kind: "choice";
          readonly name: string;
          readonly label: string;
          /** Values with what they are called; the first is what holds when nothing is chosen, and its value is empty. */
          readonly options: readonly (readonly [value: string, title: string])[];
      };

export interface Controls {
    readonly form: HTMLElement;
    readonly status: HTMLElement;
    /** Sets them all, as an address says. */
    set(query: URLSearchParams): void;
    value(name: string): string;
    checked(name: string): boolean;
}

/**
 * A form whose every change is told at once, and written into the address, so that what one sees can be sent to
 * somebody. How much is left is told to those who do not see it.
 */
export function controls(view: string, all: readonly Control[], changed: () => void): Controls {
    const inputs = new Map(all.map((each) => [each.name, inputOf(view, each)]));
    const form = element("form", { class: "controls", role: "search", "aria-label": `Narrow ${view}` });
    for (const each of all) form.append(labelled(view, each, inputs.get(each.name)));
    const clear = element("button", { type: "reset", class: "quiet" }, "Clear");
    form.append(clear);
    const told = (): void => {
        history.replaceState(null, "", hashOf({ id: view, query: queryOf(inputs) }));
        changed();
    };
    form.addEventListener("input", told);
    form.addEventListener("submit", (event) => {
        event.preventDefault();
    });
    form.addEventListener("reset", (event) => {
        event.preventDefault();
        setAll(inputs, new URLSearchParams());
        told();
        form.querySelector("input")?.focus();
    });
    return {
        form,
        status: element("p", { class: "status", role: "status" }),
        set: (query) => {
            setAll(inputs, query);
        },
        value: (name) => inputs.get(name)?.value ?? "",
        checked: (name) => {
            const input = inputs.get(name);
            return input instanceof HTMLInputElement && input.checked;
        },
    };
}

type Input = HTMLInputElement | HTMLSelectElement;

function inputOf(view: string, control: Control): Input {
    const id = `${view}-${control.name}`;
    if (control.kind === "choice")
        return element(
            "select",
            { id },
            ...control.options.map(([value, title]) => element("option", { value }, title)),
        );
    if (control.kind === "check") return element("input", { id, type: "checkbox" });
    return element("input", {
        id,
        type: "search",
        placeholder: control.hint,
        autocomplete: "off",
        spellcheck: "false",
    });
}

function labelled(view: string, { kind, name, label }: Control, input: Input | undefined): HTMLElement {
    const text = element("label", { for: `${view}-${name}` }, label);
    return kind === "check"
        ? element("div", { class: "check" }, input, text)
        : element("div", { class: kind }, text, input);
}

function queryOf(inputs: ReadonlyMap<string, Input>): URLSearchParams {
    const query = new URLSearchParams();
    for (const [name, input] of inputs)
        query.set(name, isCheck(input) ? (input.checked ? "1" : "") : input.value);
    return query;
}

/** What an address says of something that is not there is as if it said nothing. */
function setAll(inputs: ReadonlyMap<string, Input>, query: URLSearchParams): void {
    for (const [name, input] of inputs) {
        const value = query.get(name) ?? "";
        if (isCheck(input)) input.checked = value === "1";
        else input.value = value;
        if (input instanceof HTMLSelectElement && input.selectedIndex < 0) input.selectedIndex = 0;
    }
}

const isCheck = (input: Input): input is HTMLInputElement =>
    input instanceof HTMLInputElement && input.type === "checkbox";
