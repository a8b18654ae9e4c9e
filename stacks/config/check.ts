import { isRequired } from "../../components/domain/catalogue";
import type { Catalogue, Platform } from "../../components/domain/catalogue";
import { documentNameFault, environmentsThatBeginAnother } from "../../components/domain/names";
import { Problems, suggest } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";
import { looksLikeSecret } from "../../components/domain/secret-shapes";
import { checkAlertedReads, checkAlerts } from "./alerts";
import { checkDeployers } from "./ci";
import { checkDerivedNames } from "./derived-names";
import { checkKeyUse } from "./key-use";
import { nativeProblems } from "./native";
import { checkLengths, checkPaths } from "./paths";
import { checkRotation } from "./rotation";
import type { ClusterConfig, PlatformConfig, StackConfig } from "./schema";
import { settingsOf } from "./settings";
import { checkValues } from "./values";

/** Everything in a configuration that is wrong in the light of the stack, of the catalogue, or of its other parts. */
export function configProblems(stack: string, config: StackConfig, catalogue: Catalogue): readonly Problem[] {
    const problems = new Problems();
    checkEnvironment(stack, config, problems);
    const platforms = new Map(catalogue.map((platform) => [platform.name, platform]));
    for (const [name, platformConfig] of Object.entries(config.platforms)) {
        const platform = platforms.get(name);
        if (platform === undefined) {
            const fix = suggest(name, platforms.keys());
            problems.add(`strongroom:platforms.${name}`, "the catalogue has no platform of this name", fix);
            continue;
        }
        checkStores(name, platformConfig, config, problems);
        checkSettings(platform, platformConfig, problems);
        problems.addAll(nativeProblems(platform, platformConfig, config));
        checkDerivedNames(platform, platformConfig, config, problems);
        checkPaths(platform, platformConfig, problems);
        checkLengths(platform, config.environment, problems);
        checkAlertedReads(platform, platformConfig, config, problems);
        if (platformConfig.secrets === "aws-secrets-manager") {
            for (const document of Object.keys(platform.documents)) {
                const fault = documentNameFault(document);
                if (fault !== undefined)
                    problems.add(`${name}/${document}`, `its name in AWS Secrets Manager ${fault}`);
            }
        }
    }
    checkRotation(config, catalogue, problems);
    checkValues(config, catalogue, problems);
    checkDeployers(config, catalogue, problems);
    checkKeyUse(config, catalogue, problems);
    checkAlerts(config, problems);
    if (config.etcd !== undefined) checkSection("strongroom:etcd.store", config.etcd.store, config, problems);
    return problems.all;
}

/** A stack is an environment, or a part of one: `prod`, `prod.devplatform`. */
function checkEnvironment(
    stack: string,
    { environment, environments }: StackConfig,
    problems: Problems,
): void {
    if (stack.split(".")[0] !== environment) {
        problems.add(
            "strongroom:environment",
            `the stack '${stack}' is configured as the environment '${environment}'`,
            `Name the stack '${environment}' or '${environment}.<part>', or change the key`,
        );
    }
    if (!environments.includes(environment)) {
        const fix = suggest(environment, environments);
        problems.add(
            "strongroom:environment",
            `'${environment}' is not among 'strongroom:environments'`,
            fix,
        );
    }
    for (const [shorter, longer] of environmentsThatBeginAnother(environments)) {
        problems.add(
            "strongroom:environments",
            `'${longer}' begins with '${shorter}', so what matches the one by prefix reaches the other`,
            `Rename one, e.g. '${longer.slice(shorter.length).replace(/^-+/, "")}-${shorter}'`,
        );
    }
}

function checkStores(name: string, platform: PlatformConfig, config: StackConfig, problems: Problems): void {
    const place = `strongroom:platforms.${name}`;
    const cluster = config.clusters[platform.cluster];
    if (cluster === undefined) {
        const fix = suggest(platform.cluster, Object.keys(config.clusters));
        problems.add(`${place}.cluster`, `there is no cluster '${platform.cluster}'`, fix);
        return;
    }
    const at = `strongroom:clusters.${platform.cluster}`;
    for (const store of new Set([platform.secrets, platform.config])) {
        const key = store === platform.secrets ? "secrets" : "config";
        checkSection(`${place}.${key}`, store, config, problems);
        for (const [property, why] of clusterNeeds(store, cluster)) {
            if (cluster[property] !== undefined) continue;
            problems.add(`${at}.${property}`, `it is missing, and '${name}' in ${store} needs it`, why);
        }
    }
    if (platform.secrets === "gcp-secret-manager" && cluster.distribution !== "gke") {
        const fix = "Choose a cluster on GKE, whose workloads Google knows, or another store";
        problems.add(`${place}.cluster`, `'${platform.cluster}' can't read GCP Secret Manager`, fix);
    }
}

/** The parts of a cluster's configuration that reading a store takes. */
function clusterNeeds(store: string, { operator }: ClusterConfig): [keyof ClusterConfig, string][] {
    switch (store) {
        case "aws-secrets-manager":
        case "aws-parameter-store":
            if (operator.roleArn !== undefined) return [];
            return [["oidcIssuer", "AWS roles trust the issuer of the cluster's service account tokens"]];
        case "gcp-secret-manager":
            return [
                ["name", "External Secrets Operator names the GKE cluster"],
                ["location", "External Secrets Operator names the location of the GKE cluster"],
            ];
        case "vault":
            return [["vaultAuthMount", "Workloads log in at the mount of Vault's Kubernetes auth method"]];
        default:
            return [];
    }
}

/** The section of the configuration that a store takes its account, project or address from. */
function checkSection(place: string, store: string, config: StackConfig, problems: Problems): void {
    const section = store.startsWith("aws-") ? "aws" : store.startsWith("gcp-") ? "gcp" : store;
    if (section !== "aws" && section !== "gcp" && section !== "vault") return;
    if (config[section] !== undefined) return;
    problems.add(place, `'${store}' is not set up in this environment`, `Add 'strongroom:${section}'`);
}

function checkSettings(platform: Platform, { settings }: PlatformConfig, problems: Problems): void {
    const place = `strongroom:platforms.${platform.name}.settings`;
    for (const [name, value] of Object.entries(settings)) {
        if (platform.config[name] === undefined) {
            const fix = suggest(name, Object.keys(platform.config));
            problems.add(`${place}.${name}`, "the platform has no such configuration value", fix);
        } else if (looksLikeSecret(String(value))) {
            problems.add(
                `${place}.${name}`,
                "its value looks like a secret",
                "Make it a field of a document",
            );
        }
    }
    const known = settingsOf(platform, settings);
    for (const [name, value] of Object.entries(platform.config)) {
        if (known[name] !== undefined || !isRequired(value.required, known)) continue;
        problems.add(
            `${place}.${name}`,
            `it is missing: ${value.description}`,
            "Set it for this environment",
        );
    }
}
