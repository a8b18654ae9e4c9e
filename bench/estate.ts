import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stringify } from "yaml";
import type { Catalogue, Consumer, Document, Platform } from "../components/domain/catalogue";
import {
    base64,
    composed,
    external,
    generated,
    hex,
    literal,
    password,
    rotates,
} from "../components/domain/fields";
import { ledgerFields } from "../components/domain/rotation/ledger";
import { accountPassword, tokenSigningKey, vendorKey } from "../stacks/catalogue/rotation-classes";

/** Documents of one platform of a made-up estate, and of one consumer. */
const PER_PLATFORM = 25;
const PER_CONSUMER = 5;
/** Documents of one stack; a larger estate is several stacks, split by platform, as it would be in earnest. */
export const PER_STACK = 1_000;

const ROOT = path.resolve(__dirname, "..");

/** A catalogue whose documents are like ours: drawn, composed and external fields, a fifth of them overlapping. */
export function madeUpCatalogue(documents: number): Catalogue {
    return Array.from({ length: Math.ceil(documents / PER_PLATFORM) }, (_, at) =>
        madeUpPlatform(`platform${String(at)}`, Math.min(PER_PLATFORM, documents - at * PER_PLATFORM)),
    );
}

function madeUpPlatform(name: string, count: number): Platform {
    const documents = Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`doc${String(at)}`, madeUpDocument(at)]),
    );
    const consumers: Record<string, Consumer> = {};
    for (let from = 0; from < count; from += PER_CONSUMER) {
        const read = Array.from({ length: Math.min(PER_CONSUMER, count - from) }, (_, at) => from + at);
        consumers[`consumer${String(from)}`] = {
            workload: `Deployment/consumer${String(from)}`,
            secretName: `consumer${String(from)}-secrets`,
            takes: "env",
            reads: read.map(variableOf),
        };
    }
    return { name, title: name, owner: "bench", documents, config: {}, consumers };
}

const variableOf = (at: number): string => `VALUE_${String(at)}`;

function madeUpDocument(at: number): Document {
    const variable = { variable: variableOf(at) };
    const shapes: Document["fields"][] = [
        {
            username: literal("User", "app"),
            password: generated("Password", password(32), rotates(accountPassword, "90 days"), variable),
        },
        { key: generated("Signing key", hex(32), rotates(tokenSigningKey, "90 days"), variable) },
        { token: external("Token", "vendor", rotates(vendorKey, "30 days"), variable) },
        {
            password: generated("Password", password(32), rotates(accountPassword, "90 days")),
            url: composed("URL", "postgresql://app:{password}@db/app", variable),
        },
        { key: generated("Key", base64(32), rotates(accountPassword, "180 days"), variable) },
    ];
    const fields = shapes[at % shapes.length] ?? {};
    return { description: `Document ${String(at)}`, category: "security", holders: ["bench"], fields };
}

/** A Pulumi project of made-up estates in a folder of its own, with one stack per `PER_STACK` documents. */
export function writeEstate(documents: number): {
    readonly directory: string;
    readonly stacks: readonly string[];
} {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-bench-"));
    const write = (file: string, text: string): void => {
        fs.writeFileSync(path.join(directory, file), text);
    };
    // Our own reader refuses the aliases that this library writes for an object that comes twice.
    const yaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false });
    write(
        "Pulumi.yaml",
        stringify({
            name: "strongroom",
            runtime: {
                name: "nodejs",
                options: {
                    typescript: false,
                    nodeargs: `--require ${path.join(ROOT, "startup/register.js")}`,
                },
            },
        }),
    );
    write("package.json", "{}");
    write("index.js", `module.exports = require(${JSON.stringify(path.join(__dirname, "program.ts"))});\n`);
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
    const stacks: string[] = [];
    for (let left = documents; left > 0; left -= PER_STACK) {
        const stack = `bench.${String(stacks.length)}`;
        const catalogue = madeUpCatalogue(Math.min(left, PER_STACK));
        write(
            `Pulumi.${stack}.yaml`,
            yaml({ config: stackConfig(stack, catalogue, Math.min(left, PER_STACK)) }),
        );
        write(`ledger-${stack}.yaml`, yaml(ledgerOf(catalogue)));
        stacks.push(stack);
    }
    return { directory, stacks };
}

function stackConfig(stack: string, catalogue: Catalogue, documents: number): Record<string, unknown> {
    const platform = { cluster: "main", secrets: "aws-secrets-manager", config: "kubernetes" };
    return {
        "estate:documents": documents,
        "strongroom:environment": "bench",
        "strongroom:environments": ["bench"],
        "strongroom:ledger": `ledger-${stack}.yaml`,
        "strongroom:aws": { accountId: "123456789012", region: "us-east-1" },
        "strongroom:clusters": {
            main: {
                context: "bench",
                distribution: "eks",
                oidcIssuer: "oidc.eks.us-east-1.amazonaws.com/id/BENCH",
            },
        },
        "strongroom:platforms": Object.fromEntries(catalogue.map(({ name }) => [name, platform])),
    };
}

function ledgerOf(catalogue: Catalogue): Record<string, unknown> {
    const live = { current: { generation: 1, since: "2026-09-01", reason: "initial" } };
    return Object.fromEntries(
        [...ledgerFields(catalogue, false)].filter(([, { isOurs }]) => isOurs).map(([id]) => [id, live]),
    );
}
