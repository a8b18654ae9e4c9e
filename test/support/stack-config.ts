import type { Catalogue } from "../../components/domain/catalogue";
import type { Problem } from "../../components/domain/problems";
import { catalogue as ours } from "../../stacks/catalogue";
import { configProblems } from "../../stacks/config/check";
import { readStackConfig } from "../../stacks/config/load";

/** The smallest sound configuration, as Pulumi hands it out: text, and JSON for what is not text. */
export const sound: Readonly<Record<string, unknown>> = {
    environment: "prod",
    environments: ["dev", "prod"],
    ledger: "ledger/prod.yaml",
    aws: { accountId: "210987654321", region: "us-east-1" },
    clusters: { eks: { context: "eks", distribution: "eks", oidcIssuer: "oidc.example.com/id/1" } },
    platforms: {
        estuary: {
            cluster: "eks",
            secrets: "kubernetes",
            config: "kubernetes",
            settings: { app_profile: "production" },
        },
    },
};

/** What is wrong with it after a change; a key that is undefined is left out. */
export function problemsOf(
    change: Record<string, unknown>,
    encrypted: readonly string[] = ["values"],
    stack = "prod",
    catalogue: Catalogue = ours,
): Problem[] {
    const raw = Object.entries({ ...sound, ...change }).flatMap(([key, value]) =>
        value === undefined
            ? []
            : [[key, typeof value === "string" ? value : JSON.stringify(value)] as const],
    );
    const { config, problems } = readStackConfig(Object.fromEntries(raw), new Set(encrypted));
    return [...problems, ...(config === undefined ? [] : configProblems(stack, config, catalogue))];
}
