import { Problems } from "../../components/domain/problems";
import type { RotationSince } from "../../preview/rendering";
import * as since from "../../preview/rotation/since";
import type { LedgerChange } from "../../rotation/leaps";
import { projectDirectory } from "../project-directory";
import { dayOption } from "./options";

/**
 * What leads from the ledgers of another commit to these.
 *
 * @param base the commit, which is what is deployed.
 * @param names the stacks; all, when empty.
 * @throws {UserError} when Git does not know the commit, or a file is wrong.
 */
export async function ledgerChanges(
    base: string,
    names: readonly string[],
    today: string | undefined,
): Promise<readonly LedgerChange[]> {
    return since.ledgerChanges(optionsOf(base, names, today));
}

/** The same for a preview, by stack. */
export async function rotationSince(
    base: string,
    names: readonly string[],
    today: string | undefined,
): Promise<ReadonlyMap<string, RotationSince>> {
    return since.rotationSince(optionsOf(base, names, today));
}

function optionsOf(base: string, stacks: readonly string[], today: string | undefined): since.SinceOptions {
    const problems = new Problems();
    const day = dayOption("--today", today, problems);
    return { directory: projectDirectory(), base, stacks, today: day, mistakes: problems.all };
}
