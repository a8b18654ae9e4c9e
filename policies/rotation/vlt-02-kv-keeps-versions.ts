import type { Property } from "../reading/property";
import { isListed } from "../reading/scope";
import { parseVaultPolicy } from "../reading/vault-policy";
import {
    each,
    listSetting,
    numberSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type StackRule,
} from "../rule";

const MOUNT = "vault:index/mount:Mount";
const BACKEND = "vault:kv/secretBackendV2:SecretBackendV2";
const ENTRY = "vault:kv/secretV2:SecretV2";
const POLICY = "vault:index/policy:Policy";
/** They write to engines of version 1, which has no versions. */
const VERSIONLESS = ["vault:kv/secret:Secret", "vault:generic/secret:Secret"];

const WRITING = ["create", "update", "patch", "sudo", "root"];

type Stack = readonly CheckedInStack[];

/**
 * An engine keeps as many versions of an entry as generations live, none goes by its age, and no write is lost unseen.
 *
 * For the last, Vault has check-and-set: with `casRequired` each write names the version that it follows. An engine
 * that this stack writes to itself can't have it. A version counts writes, of whoever wrote, so a program that states
 * what an entry holds can't state its number: the first change would be refused, and so would each one after a repair by
 * hand. The provider's own `cas` has the same fault, and is not sent where Vault reads it (issues 1727 and 2472 of
 * terraform-provider-vault). So there one writer takes its place: the stack, of which the backend lets one run at a
 * time, and no Vault policy in it lets anybody else write. What the stack overwrites is then its own, and stays among
 * the versions. An engine that others write to has to require check-and-set.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "VLT-02",
    name: "vlt-02-kv-keeps-versions",
    description: "KV engines have version 2, keep every live generation, and lose no write of another.",
    severity: "high",
    remediationSteps:
        "Mount version 2, keep 3 versions or more, and let the stack alone write, or require cas.",
    url: "https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2",
    peers: [],
    settings: {
        minimumVersions: {
            type: "integer",
            minimum: 1,
            default: 3,
            description: "How many versions are kept at least: next, current and previous.",
        },
        deployers: {
            type: "array",
            items: { type: "string" },
            default: ["ci-deploy"],
            description:
                "Policies by which this stack is deployed, whole or without platform and environment.",
        },
    },
    types: new Set([MOUNT, BACKEND, ENTRY, ...VERSIONLESS]),
    check: (resource, stack, context) => {
        switch (resource.type) {
            case MOUNT:
                return checkMount(resource, stack);
            case BACKEND:
                return checkBackend(resource, stack, context);
            case ENTRY:
                return checkKept(resource.props.at("customMetadata"), context);
            default: {
                const fix = "Write it with vault.kv.SecretV2, to an engine of version 2";
                return [violation(resource.props, "is written without versions", fix)];
            }
        }
    },
};

function checkMount({ props, urn }: CheckedInStack, stack: Stack): readonly Finding[] {
    const type = props.at("type").text() ?? "";
    if (!["kv", "kv-v2", "generic"].includes(type)) return [];
    const version = props.at("options", "version");
    if (type === "generic" || (type === "kv" && version.text() !== "2"))
        return [
            violation(version, "is not version 2, and keeps one value", "Set the type kv and version '2'"),
        ];
    const path = props.at("path").text();
    const isSet = stack.some(
        (one) =>
            one.type === BACKEND &&
            (one.dependencies("mount").includes(urn) ||
                (!one.props.at("mount").isUnknown && one.props.at("mount").text() === path)),
    );
    const fix = "Declare a SecretBackendV2 for it, with maxVersions";
    return isSet ? [] : [violation(props.at("path"), "says nothing of the versions that it keeps", fix)];
}

function checkBackend(backend: CheckedInStack, stack: Stack, context: Context): readonly Finding[] {
    const { props } = backend;
    const mount = mountOf(backend, stack);
    return [
        ...checkKept(props, context),
        ...each([props.at("casRequired")], (required) => checkWriters(required, mount, stack, context)),
    ];
}

/** Of an engine, or of one entry, which may differ. 0 stands for the engine's own number, 10 for an engine. */
function checkKept(place: Property, { settings }: Context): Finding[] {
    const minimum = numberSetting(settings, "minimumVersions");
    return each(["maxVersions", "deleteVersionAfter"], (name) => {
        const property = place.at(name);
        if (property.isAbsent || property.number === 0) return [];
        if (name === "deleteVersionAfter")
            return [violation(property, "has Vault delete what is in use, by its age", "Leave it out")];
        if ((property.number ?? 0) >= minimum) return [];
        return [violation(property, "keeps fewer versions than live", `Set it to ${minimum} or more`)];
    });
}

function checkWriters(
    required: Property,
    mount: string | undefined,
    stack: Stack,
    { facts, settings }: Context,
): Finding[] {
    const writes = stack.some((one) => one.type === ENTRY && isOn(mount, one, stack));
    if (required.isTrue) {
        const fix = "Leave it out where the stack alone writes, or have others write all entries";
        return writes
            ? [violation(required, "has Vault refuse the entries of this stack, which name no version", fix)]
            : [];
    }
    const deployers = listSetting(settings, "deployers");
    const others = stack.some(
        ({ type, props }) =>
            type === POLICY &&
            !isListed(props.at("name").text() ?? "", deployers, facts) &&
            mayWrite(props.at("policy"), mount),
    );
    if (writes && !others) return [];
    const problem = "is off, and others than this stack write to the engine";
    return [violation(required, problem, "Set it to true, or take their rights to write")];
}

/** Undefined when only the deployment tells it. */
function mountOf({ props, dependencies }: CheckedInStack, stack: Stack): string | undefined {
    const mount = props.at("mount");
    if (!mount.isUnknown) return mount.text();
    const source = stack.find(({ type, urn }) => type === MOUNT && dependencies("mount").includes(urn));
    return source?.props.at("path").text();
}

function isOn(mount: string | undefined, entry: CheckedInStack, stack: Stack): boolean {
    return mount !== undefined && mountOf(entry, stack) === mount;
}

/** A policy that is not understood may; one about another engine may not. */
function mayWrite(policy: Property, mount: string | undefined): boolean {
    const paths = parseVaultPolicy(policy.text() ?? "");
    if (paths === undefined) return true;
    return paths.some(({ path, capabilities }) => {
        const first = path.split("/")[0] ?? "";
        const reaches = mount === undefined || first === mount || /[*+]/.test(first);
        return reaches && capabilities.some((capability) => WRITING.includes(capability));
    });
}
