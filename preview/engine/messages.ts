import { stripVTControlCharacters } from "node:util";

/** Frames of Node, of packages and of what loads TypeScript: nobody's mistake is found there. */
const FOREIGN_FRAME = /^\s+at .*(?:\(node:|at node:|[\\/]node_modules[\\/]|[\\/]startup[\\/])/;

/** A message for people: without colours of another terminal, and a stack trace with the frames of the program alone. */
export function tidy(message: string): string {
    return stripVTControlCharacters(message)
        .split("\n")
        .filter((line) => !FOREIGN_FRAME.test(line))
        .join("\n")
        .trimEnd();
}
