import type { Problem } from "../../components/domain/problems";
import type { Platform } from "../../components/domain/catalogue";
import { choosePlatform, chooseStack } from "../../local/environments";
import { UserError } from "../../preview/errors";
import type { RotatingStack } from "../../rotation/stack";
import { catalogue } from "../../stacks/catalogue";
import { loadRotation } from "../rotate/load";

/** A platform in an environment, as the project's files have them. */
export interface ChosenPlatform {
    readonly directory: string;
    readonly platform: Platform;
    readonly own: RotatingStack;
    readonly stacks: readonly RotatingStack[];
}

/**
 * Reads the project's files and finds a platform in an environment. Nothing is decrypted.
 *
 * @param environment undefined for the one where people develop: the only one that is not protected.
 * @throws {UserError} for a project that is wrong, and for a platform or an environment that there is not.
 */
export async function loadPlatform(name: string, environment: string | undefined): Promise<ChosenPlatform> {
    const { directory, stacks } = await loadRotation([]);
    const platform = choosePlatform(catalogue, name);
    if ("problem" in platform) throw refused([platform.problem]);
    const own = chooseStack(stacks, name, environment);
    if ("problem" in own) throw refused([own.problem]);
    return { directory, platform: platform.chosen, own: own.chosen, stacks };
}

/** A command that was called wrongly. */
export const refused = (problems: readonly Problem[]): UserError => new UserError("The command", problems);
