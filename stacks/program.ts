import * as pulumi from "@pulumi/pulumi";
import type { Catalogue } from "../components/domain/catalogue";
import { catalogueProblems } from "../components/domain/catalogue-check";
import { Problems } from "../components/domain/problems";
import { startOverProblems } from "../components/domain/rotation/lost-state";
import { InvalidArgsError } from "../components/errors";
import { configProblems } from "./config/check";
import { readStackConfig } from "./config/load";
import { readStackLedger } from "./config/stack-ledger";
import { declareEnvironment } from "./environment";
import type { EnvironmentOutputs } from "./environment";

/**
 * A stack from its catalogue: reads the configuration and the ledger, names every mistake in any of them at once, and
 * only then declares something.
 *
 * @throws {InvalidArgsError}
 */
export function runProgram(catalogue: Catalogue): EnvironmentOutputs {
    const stack = pulumi.getStack();
    const problems = new Problems();
    problems.addAll(catalogueProblems(catalogue));
    const { raw, encryptedKeys } = rawConfig();
    if (raw["environment"] === undefined) {
        problems.add(
            `Pulumi.${stack}.yaml`,
            "the stack has no configuration",
            "Copy the file of another environment",
        );
        throw new InvalidArgsError(`The stack '${stack}'`, problems.all);
    }
    const { config, isComplete, problems: shape } = readStackConfig(raw, encryptedKeys);
    problems.addAll(shape);
    if (config !== undefined) problems.addAll(configProblems(stack, config, catalogue));
    const {
        ledger,
        drawn,
        problems: ledgerProblems,
    } = readStackLedger(pulumi.getRootDirectory(), raw, catalogue);
    problems.addAll(ledgerProblems);
    const state = { stack, place: raw["ledger"] ?? "", drawn, startOver: raw["startOver"] };
    if (problems.empty) problems.addAll(startOverProblems(state));
    if (isComplete && config !== undefined && problems.empty) {
        if (state.startOver !== undefined) void pulumi.log.warn(REMOVE_START_OVER);
        return declareEnvironment(config, catalogue, ledger, state);
    }
    throw new InvalidArgsError(`The stack '${stack}'`, problems.all);
}

const REMOVE_START_OVER =
    "strongroom:startOver allows to draw every value anew when the state is empty: remove it after this deployment";

/** The configuration below our namespace, by key without it. */
function rawConfig(): { raw: Record<string, string>; encryptedKeys: Set<string> } {
    const prefix = `${pulumi.getProject()}:`;
    const withoutPrefix = (key: string): string => key.slice(prefix.length);
    const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
    // The language host names the encrypted keys in the environment; the SDK has no public function for it.
    const secretKeys = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[];
    return {
        raw: Object.fromEntries(own.map(([key, value]) => [withoutPrefix(key), value])),
        encryptedKeys: new Set(secretKeys.map((key) => withoutPrefix(key.replace(":config:", ":")))),
    };
}
