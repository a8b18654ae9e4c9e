import type { Facts } from "../facts";
import type { Property } from "../reading/property";
import { isOurs, platformsText, prefixText, type Separator } from "../reading/scope";
import { each, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";

const PUSH = "kubernetes:external-secrets.io:PushSecret";
const CLUSTER = "kubernetes:external-secrets.io:ClusterExternalSecret";

/**
 * What ESO is told to read or write by key. Its stores may be able to reach more than one environment's names; the
 * objects may not ask for them. Unknown keys are decided in the update.
 *
 * Not seen: keys that a generator makes up, which name nothing in a store.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-03",
    name: "iso-03-remote-keys-stay-in-the-environment",
    description: "Remote keys of ExternalSecrets and PushSecrets lie behind this environment's prefix.",
    severity: "high",
    remediationSteps: "Name the remote document in full, or search below a path of this environment.",
    url: "https://external-secrets.io/latest/guides/security-best-practices/",
    exemptible: false,
    peers: ["Kyverno"],
    types: new Set(["kubernetes:external-secrets.io:ExternalSecret", CLUSTER, PUSH]),
    check,
};

function check({ type, props }: Checked, { facts }: Context): readonly Finding[] {
    if (type === PUSH) return checkPush(props.at("spec"), facts);
    const spec = type === CLUSTER ? props.at("spec", "externalSecretSpec") : props.at("spec");
    return [
        ...each(spec.at("data").itemsOrUnknown(), (data) => checkKey(data.at("remoteRef", "key"), facts)),
        ...each(spec.at("dataFrom").itemsOrUnknown(), (from) => checkDataFrom(from, facts)),
    ];
}

function checkPush(spec: Property, facts: Facts): Finding[] {
    const fix = "Push each key under a name of its own in 'data'";
    return [
        ...each(spec.at("data").itemsOrUnknown(), (data) =>
            checkKey(data.at("match", "remoteRef", "remoteKey"), facts),
        ),
        ...each([spec.at("dataTo")], (to) =>
            to.isAbsent
                ? []
                : [violation(to, "makes remote names up by rewriting, which nobody can check", fix)],
        ),
    ];
}

function checkDataFrom(from: Property, facts: Facts): Finding[] {
    const extract = from.at("extract");
    const find = from.at("find");
    return [
        ...(extract.isAbsent ? [] : checkKey(extract.at("key"), facts)),
        ...(find.isAbsent ? [] : checkFind(find, facts)),
    ];
}

function checkKey(key: Property, facts: Facts): Finding[] {
    return staysInside(key.text() ?? "", facts) ? [] : [outside(key, facts)];
}

/** A search is bound by its path, or else by the beginning of its expression. */
function checkFind(find: Property, facts: Facts): Finding[] {
    const path = find.at("path");
    if (!path.isAbsent) {
        // `devplatform/prod` as a prefix would also find what begins with `devplatform/prod-eu/`.
        return insidePrefix(path.text() ?? "", facts) ? [] : [outside(path, facts)];
    }
    const regexp = find.at("name", "regexp");
    const fix = `Set 'path' to ${prefixText("/", facts)}, ${platformsText(facts)}`;
    if (regexp.isAbsent) {
        return [violation(find, "searches the whole store, all environments in it", fix)];
    }
    const expression = regexp.text() ?? "";
    const anchored = expression.startsWith("^") && insidePrefix(expression.slice(1), facts);
    // An alternative, or a quantifier that makes the prefix's last sign optional, leaves the prefix.
    if (anchored && !expression.includes("|")) return [];
    return [violation(regexp, "also matches names of other environments", fix)];
}

/** Where the store writes the name: a path, a path with a leading slash, or GCP's underscores; behind Vault's mount. */
function spellings(text: string, { vault }: Facts): [string, Separator][] {
    const path = text.startsWith("/") ? text.slice(1) : text;
    const mount = vault === undefined ? undefined : `${vault.mount}/`;
    const inMount = mount !== undefined && path.startsWith(mount) ? path.slice(mount.length) : path;
    const inData = inMount === path ? path : inMount.replace(/^data\//, "");
    return [
        [path, "/"],
        [inMount, "/"],
        [inData, "/"],
        [text, "_"],
    ];
}

function staysInside(key: string, facts: Facts): boolean {
    if (/[*?]|\.\./.test(key)) return false;
    return spellings(key, facts).some(([name, separator]) => isOurs(name, separator, facts));
}

function insidePrefix(text: string, facts: Facts): boolean {
    if (/\.\./.test(text)) return false;
    return spellings(text, facts).some(([name, separator]) =>
        // Whatever stands behind the prefix; a bare prefix must be closed by its separator.
        facts.platforms.some((platform) => {
            const prefix = `${platform}${separator}${facts.environment}${separator}`;
            return name.startsWith(prefix) && !/^[?*{]/.test(name.slice(prefix.length));
        }),
    );
}

function outside(property: Property, facts: Facts): Finding {
    return violation(
        property,
        "lies outside this environment",
        `Begin it with ${prefixText("/", facts)} (on GCP ${prefixText("_", facts)}), ${platformsText(facts)}`,
    );
}
