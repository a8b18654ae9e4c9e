import path from "node:path";
import { renderStack } from "../../preview/engine/render";
import type { RenderedResource, Rendering } from "../../preview/rendering";

const PROGRAMS = path.resolve(__dirname, "../components");
const POLICIES = path.resolve(__dirname, "../../policies");
/** The folder of the small platform. */
export const DIRECTORY = path.join(PROGRAMS, "program");

/** An environment of everything, of which a platform uses what its stores need. */
export const ENVIRONMENT = {
    environment: "prod",
    environments: ["dev", "prod"],
    aws: { accountId: "210987654321", region: "us-east-1" },
    gcp: { project: "shop-prod", projectNumber: "109876543210", location: "us-central1" },
    vault: { address: "https://vault.example.com", mount: "secret" },
    clusters: {
        main: {
            context: "main",
            distribution: "gke",
            oidcIssuer: "oidc.example.com/id/1",
            vaultAuthMount: "kubernetes",
            name: "main",
            location: "us-central1",
        },
    },
    etcd: { store: "vault" },
};

export interface ShopOptions {
    readonly secrets: string;
    readonly config: string;
    readonly values?: Readonly<Record<string, string>>;
    readonly outOfBand?: readonly string[];
    readonly recreated?: Readonly<Record<string, number>>;
    /** More of the platform's configuration. */
    readonly platform?: Readonly<Record<string, unknown>>;
    /** More of the environment, or another one of what it has. */
    readonly environment?: Readonly<Record<string, unknown>>;
    /**
     * A folder of `components` with a program.
     *
     * @default program
     */
    readonly program?: string;
    /**
     * A ledger in that folder.
     *
     * @default ledger.yaml
     */
    readonly ledger?: string;
    /** Whether the project's policies look at it, at their own levels. */
    readonly withPolicies?: boolean;
}

/** The configuration of a stack with the small platform of `components/program`, as its file has it. */
export function shopSettings({
    secrets,
    config,
    values,
    outOfBand,
    recreated,
    platform = {},
    environment = {},
    ledger = "ledger.yaml",
}: ShopOptions): Record<string, string> {
    const shop = {
        cluster: "main",
        secrets,
        config,
        ...platform,
        ...(recreated === undefined ? {} : { recreated }),
    };
    const own: Record<string, unknown> = { ...ENVIRONMENT, ledger, ...environment, platforms: { shop } };
    if (values !== undefined) own["values"] = values;
    if (outOfBand !== undefined) own["outOfBand"] = outOfBand;
    const texts = Object.entries(own).map(([key, value]) => [
        `strongroom:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return Object.fromEntries(texts) as Record<string, string>;
}

/** Previews that platform with its documents and configuration in these stores. */
export function renderShop(options: ShopOptions): Promise<Rendering> {
    const directory = path.join(PROGRAMS, options.program ?? "program");
    return renderStack({
        project: {
            directory,
            name: "strongroom",
            programDirectory: directory,
            entryPoint: ".",
            nodeArguments: ["--require", path.resolve(__dirname, "../../startup/register.js")],
            typescript: false,
            stacks: ["prod"],
        },
        configuration: {
            stack: "prod",
            values: shopSettings(options),
            secretKeys: ["strongroom:values"],
            opaqueKeys: [],
            secretTexts: Object.values(options.values ?? {}),
        },
        packs:
            options.withPolicies === true
                ? [{ directory: POLICIES, config: { file: "none", policies: {} } }]
                : [],
    });
}

/** The small platform whose database accounts Vault leases: `api` writes, `report` reads. */
export function renderLeases(): Promise<Rendering> {
    const leased = {
        by: "vault-database",
        host: "db.example.com:5432",
        database: "shop",
        readOnly: ["report"],
    };
    return renderShop({
        secrets: "vault",
        config: "kubernetes",
        program: "lease-program",
        platform: { native: { account: leased } },
        environment: { etcd: undefined },
    });
}

/** `Secret shop/db`: kind and name, as the tests list them. */
export function kindAndName({ type, name }: RenderedResource): string {
    return `${type.split(":").at(-1) ?? type} ${name}`;
}

export function one(rendering: Rendering, wanted: string): RenderedResource {
    const found = rendering.resources.filter((resource) => kindAndName(resource) === wanted);
    if (found.length !== 1 || found[0] === undefined)
        throw new Error(`${String(found.length)} × '${wanted}'`);
    return found[0];
}
