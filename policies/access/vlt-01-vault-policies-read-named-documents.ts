import { OWN_TOKEN, parseVaultPolicy, type VaultPath } from "../reading/vault-policy";
import { isListed } from "../reading/scope";
import { listSetting, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";

/** An account that an engine, such as the one of databases, makes for each lease. */
const LEASE = /^[^/]+\/creds\/[^/]+$/;

/**
 * A consumer's policy reads documents by name, may list metadata, and leases accounts of named roles. Which environment
 * they belong to is ISO-06's business. A policy of the name `default` would be everybody's. A policy text that is not wholly understood is a violation, an unknown one is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "VLT-01",
    name: "vlt-01-vault-policies-read-named-documents",
    description:
        "Vault policies read named documents, without wildcards, sudo or Vault's own administration.",
    severity: "critical",
    remediationSteps: "Name each document as <mount>/data/<platform>/<environment>/<document>, with 'read'.",
    url: "https://developer.hashicorp.com/vault/docs/concepts/policies",
    peers: [],
    settings: {
        writers: {
            type: "array",
            items: { type: "string" },
            default: ["ci-deploy"],
            description:
                "Policies that may also write documents and metadata, whole or without platform and environment.",
        },
    },
    types: new Set(["vault:index/policy:Policy"]),
    check,
};

function check({ props }: Checked, { facts, settings }: Context): readonly Finding[] {
    const policy = props.at("policy");
    const paths = parseVaultPolicy(policy.text() ?? "");
    if (paths === undefined) {
        return [
            violation(
                policy,
                "has a part that can't be read, so nobody can tell what it grants",
                "Write it as JSON, or as HCL with nothing but paths and their capabilities",
            ),
        ];
    }
    const name = props.at("name");
    if (["default", "root"].includes((name.text() ?? "").toLowerCase())) {
        return [
            violation(name, "is Vault's own, which tokens have unasked", "Name it after the one consumer"),
        ];
    }
    const writers = listSetting(settings, "writers");
    const writes = isListed(name.text() ?? "", writers, facts);
    return paths.flatMap((path, i) =>
        checkPath(path, facts.vault?.mount, writes).map(([problem, fix]) =>
            violation(policy, `${problem} (path ${String(i + 1)} of ${String(paths.length)})`, fix),
        ),
    );
}

type Fault = readonly [problem: string, fix: string];

function checkPath({ path, capabilities }: VaultPath, mount: string | undefined, writes: boolean): Fault[] {
    if (capabilities.every((capability) => capability === "deny")) return [];
    const faults: Fault[] = [];
    if (/[*+]/.test(path)) faults.push(["has a wildcard in a path", "Name each document"]);
    if (capabilities.some((capability) => capability === "sudo" || capability === "root")) {
        faults.push(["grants root rights", "Leave 'sudo' and 'root' out"]);
    }
    const area =
        mount !== undefined && path.startsWith(`${mount}/`) ? path.slice(mount.length + 1) : undefined;
    if (path.startsWith("sys/")) {
        faults.push(["grants Vault's own administration", "Leave paths below 'sys/' out"]);
    } else if (area?.startsWith("data/")) {
        const allowed = writes ? ["read", "create", "update", "patch"] : ["read"];
        if (!capabilities.every((capability) => allowed.includes(capability) || isAdmin(capability))) {
            faults.push(["does more with a document than read it", "Keep 'read' alone on data paths"]);
        }
    } else if (area?.startsWith("metadata/")) {
        const allowed = writes ? ["list", "read", "create", "update", "patch"] : ["list", "read"];
        if (!capabilities.every((word) => allowed.includes(word) || isAdmin(word))) {
            faults.push(["does more with metadata than list and read it", "Keep 'list' and 'read' there"]);
        }
    } else if (LEASE.test(path)) {
        if (!capabilities.every((word) => word === "read" || isAdmin(word)))
            faults.push(["does more with an account than lease it", "Keep 'read' alone on 'creds' paths"]);
    } else if (!OWN_TOKEN.test(path)) {
        const below = `${mount ?? "<mount>"}/data/`;
        faults.push(["names neither a document nor its metadata", `Begin the path with '${below}'`]);
    }
    return faults;
}

/** Told apart above, with a fault of its own. */
function isAdmin(capability: string): boolean {
    return capability === "sudo" || capability === "root";
}
