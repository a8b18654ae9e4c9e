import { violation, type CheckedInStack, type Finding, type StackRule } from "../rule";

const DEVICE = "vault:index/audit:Audit";
/** What a stack has of Vault. */
const GUARDED = new Set([
    "vault:index/mount:Mount",
    "vault:kv/secretV2:SecretV2",
    "vault:kv/secret:Secret",
    "vault:generic/secret:Secret",
]);

/** Files that keep nothing; `discard` is Vault's own word. */
const NOWHERE = /^(?:discard|\/dev\/null)$/i;

/**
 * Vault records nothing unless an audit device is declared. A device with `log_raw` writes every value in clear, and one
 * that writes nowhere is none.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "VLT-04",
    name: "vlt-04-vault-records-every-request",
    description: "Vault has an audit device that keeps its record, with hashed values.",
    severity: "high",
    remediationSteps: "Declare a vault.Audit device without log_raw, to a file that is kept.",
    url: "https://developer.hashicorp.com/vault/docs/concepts/production-hardening",
    peers: [],
    types: new Set([...GUARDED, DEVICE]),
    check: (resource, stack) => {
        if (resource.type === DEVICE) return checkDevice(resource);
        if (resource !== stack.find(({ type }) => GUARDED.has(type))) return [];
        if (stack.some(({ type }) => type === DEVICE)) return [];
        const fix = "Declare a vault.Audit device";
        return [violation(resource.props, "is in a Vault that records nothing", fix)];
    },
};

/** The provider hands options on as texts; Vault reads them as Go does: `1`, `t`, `True`. */
const isOn = (text: string): boolean => /^(?:1|t|true)$/i.test(text);
const isOff = (text: string): boolean => /^(?:0|f|false)$/i.test(text);

function checkDevice({ props }: CheckedInStack): Finding[] {
    const options = props.at("options");
    const [raw, accessor, path] = [
        options.at("log_raw"),
        options.at("hmac_accessor"),
        options.at("file_path"),
    ];
    const said = (property: typeof raw): string =>
        property.isAbsent ? "" : (property.text() ?? String(property.isTrue));
    const findings: Finding[] = [];
    if (!raw.isAbsent && !isOff(said(raw)))
        findings.push(violation(raw, "writes values in clear", "Set it to false"));
    if (!accessor.isAbsent && !isOn(said(accessor)))
        findings.push(violation(accessor, "writes accessors, which can revoke tokens", "Set it to true"));
    const isFile = props.at("type").text() === "file";
    if (isFile && (path.isAbsent || NOWHERE.test(said(path))))
        findings.push(violation(path, "keeps nothing", "Name a path, or stdout"));
    return findings;
}
