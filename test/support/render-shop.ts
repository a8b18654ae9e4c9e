import path from "node:path";
import { renderStack } from "../../preview/engine/render";
import type { RenderedResource, Rendering } from "../../preview/rendering";

export const DIRECTORY = path.resolve(__dirname, "../components/program");

/** An environment of everything, of which a platform uses what its stores need. */
export const ENVIRONMENT = {
    environment: "prod",
    environments: ["dev", "prod"],
    ledger: "ledger.yaml",
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
    /** What else the environment has, by key of the configuration. */
    readonly environment?: Readonly<Record<string, unknown>>;
}

/** The configuration of a stack with the small platform of `components/program`, as its file has it. */
export function shopSettings({
    secrets,
    config,
    values,
    outOfBand,
    recreated,
    environment,
}: ShopOptions): Record<string, string> {
    const shop = { cluster: "main", secrets, config, ...(recreated === undefined ? {} : { recreated }) };
    const own: Record<string, unknown> = { ...ENVIRONMENT, platforms: { shop }, ...environment };
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
    return renderStack({
        project: {
            directory: DIRECTORY,
            name: "strongroom",
            programDirectory: DIRECTORY,
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
        packs: [],
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
