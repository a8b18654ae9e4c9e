import { loadRotation as load } from "../../preview/rotation/load";
import type { RotationProject } from "../../preview/rotation/load";
import { projectDirectory } from "../project-directory";

export type { RotationProject } from "../../preview/rotation/load";

/**
 * Reads the configuration and the ledgers of all stacks; decrypts nothing.
 *
 * @param names the stacks to rotate in; all, when empty.
 * @throws {UserError} naming every mistake in any of them.
 */
export function loadRotation(
    names: readonly string[],
    directory: string = projectDirectory(),
): Promise<RotationProject> {
    return load(directory, names);
}
