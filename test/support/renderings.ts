import { renderForGolden } from "../../cli/golden";
import type { Rendering } from "../../preview";

let rendered: Promise<readonly Rendering[]> | undefined;

/** Both stacks of the project, without policies; rendered once however many tests ask. */
export function renderings(): Promise<readonly Rendering[]> {
    rendered ??= renderForGolden();
    return rendered;
}
