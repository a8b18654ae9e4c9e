import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parseDocument } from "yaml";
import type { Catalogue } from "../components/domain/catalogue";
import { catalogueProblems } from "../components/domain/catalogue-check";
import { drawnFields, readLedger } from "../components/domain/ledger";
import { Problems } from "../components/domain/problems";
import { ETCD_FIELD } from "../components/encryption/etcd";
import { InvalidArgsError } from "../components/errors";
import { configProblems } from "./config/check";
import { readStackConfig } from "./config/load";
import type { StackConfig } from "./config/schema";
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
    const { config, problems: shape } = readStackConfig(raw, encryptedKeys);
    problems.addAll(shape);
    if (config !== undefined) {
        problems.addAll(configProblems(stack, config, catalogue));
        const drawn = drawnFields(catalogue.filter(({ name }) => name in config.platforms));
        if (config.etcd !== undefined) drawn.set(ETCD_FIELD, { strategy: "overlap", isText: false });
        const { ledger, problems: wrong } = readLedger(
            readLedgerFile(config, problems),
            drawn,
            config.ledger,
        );
        problems.addAll(wrong);
        if (problems.empty) return declareEnvironment(config, catalogue, ledger);
    }
    throw new InvalidArgsError(`The stack '${stack}'`, problems.all);
}

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

function readLedgerFile({ ledger }: StackConfig, problems: Problems): unknown {
    const file = path.join(pulumi.getRootDirectory(), ledger);
    let text: string;
    try {
        text = fs.readFileSync(file, "utf8");
    } catch {
        problems.add(
            "strongroom:ledger",
            `there is no file '${ledger}'`,
            "Name it from the root of the project",
        );
        return {};
    }
    const document = parseDocument(text, { uniqueKeys: true });
    for (const { message } of document.errors)
        problems.add(ledger, message.split("\n")[0]?.replace(/:$/, "") ?? message);
    return document.errors.length > 0 ? {} : (document.toJS({ maxAliasCount: 0 }) as unknown);
}
