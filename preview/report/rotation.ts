import type { Rendering } from "../rendering";
import { filled, wordsOf } from "./layout";
import type { Style } from "./style";

/** What rotates since another commit, and what of it is refused with the safe way. */
export function rotationSection({ rotation }: Rendering, style: Style): readonly string[] {
    if (rotation === undefined) return [];
    const { base, steps, refused } = rotation;
    const lines = steps.flatMap(({ field, what, why, oldValue }) => {
        const old = oldValue.replaceAll("*", "");
        return filled(
            `  ${style.bold(field)} `,
            "      ",
            wordsOf(`${what} (${why}); the old value ${old}`),
            style.columns,
        );
    });
    const wrong = refused.flatMap(({ place, message, fix }) => [
        ...filled("  ", "      ", wordsOf(`${style.bad("refused")} ${place}: ${message}.`), style.columns),
        ...(fix === undefined ? [] : filled("      ", "      ", wordsOf(`${fix}.`), style.columns)),
    ]);
    const none = steps.length + refused.length === 0 ? ["  nothing rotates"] : [];
    return [style.bold(`Rotation since ${base}`), ...lines, ...wrong, ...none, ""];
}
