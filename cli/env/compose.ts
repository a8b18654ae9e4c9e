import path from "node:path";

import { fieldId } from "../../components/domain/catalogue";
import { stagedField } from "../../components/domain/rotation/stages";
import { composeModel } from "../../local/compose/model";
import type { ComposeModel, ComposeSecret } from "../../local/compose/model";
import { NAME_CHARS_MAX, swarmName, swarmScript } from "../../local/compose/swarm";
import { composeYaml, fileName } from "../../local/compose/yaml";
import { settingsIn } from "../../local/environments";
import { readIfThere, replaceFiles } from "../../rotation/files";
import { whereabouts } from "../../rotation/runbooks/store-names";
import type { RotatingStack } from "../../rotation/stack";
import { ExitCode } from "../exit-code";
import { loadPlatform, refused } from "./load";

export interface ComposeOptions {
    readonly environment?: string;
    readonly swarm?: boolean;
    readonly optional?: boolean;
    readonly write?: string;
}

/** The script that creates what is missing in a Swarm. */
const SCRIPT = "create-swarm-secrets";

/**
 * Runs `env compose`: the secrets and the configuration of a platform's services for Docker Compose, or for a Swarm with
 * the script that creates its secrets.
 *
 * @throws {UserError} for a platform or an environment that there is not, and for a name that Docker does not take.
 */
export async function compose(name: string, options: ComposeOptions): Promise<ExitCode> {
    const { platform, own } = await loadPlatform(name, options.environment);
    const isSwarm = options.swarm === true;
    const kind = isSwarm ? "swarm" : "files";
    const model = composeModel({
        platform,
        environment: own.environment,
        settings: settingsIn(own.config, platform),
        // Files of a developer hold values of their own, which have no generation.
        ledger: isSwarm ? own.ledger : {},
        withOptional: options.optional === true,
    });
    if (isSwarm) refuseLongNames(model);
    const files = new Map([[fileName(kind), composeYaml(model, kind)]]);
    if (isSwarm)
        files.set(
            SCRIPT,
            swarmScript(model, (secret) => readCommand(model, own, secret)),
        );
    if (options.write === undefined) {
        process.stdout.write([...files.values()].join("\n"));
        return ExitCode.clean;
    }
    const changes = [...files].map(([each, after]) => {
        const file = path.join(options.write ?? "", each);
        return { file, before: readIfThere(file), after };
    });
    replaceFiles(changes.filter(({ before, after }) => before !== after));
    for (const { file, before, after } of changes)
        process.stdout.write(`${before === after ? "unchanged" : "written  "} ${file}\n`);
    return ExitCode.clean;
}

/** The value of one generation, as the environment's store has it; Secrets of a cluster hold what is in use. */
function readCommand(
    { platform }: ComposeModel,
    { config }: RotatingStack,
    { documentName, fieldName, stage }: ComposeSecret,
): string | undefined {
    const native = config.platforms[platform.name]?.native[documentName];
    if (native?.by === "vault-database") return undefined;
    return whereabouts(config, platform, documentName, stagedField(fieldName, stage))?.read;
}

function refuseLongNames(model: ComposeModel): void {
    const long = [...model.secrets.values()].filter(
        (secret) => swarmName(model, secret).length > NAME_CHARS_MAX,
    );
    if (long.length === 0) return;
    throw refused(
        long.map((secret) => ({
            place: fieldId(model.platform.name, secret.documentName, secret.fieldName),
            message: `its name in a Swarm, '${swarmName(model, secret)}', has more than ${NAME_CHARS_MAX} characters`,
            fix: "Shorten the variable",
        })),
    );
}
