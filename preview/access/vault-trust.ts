import type { RenderedResource } from "../rendering";
import { accountOfSubject } from "./aws-identities";
import type { AwsIdentity } from "./aws-identities";
import { mapOf, nameOf, opened, strings } from "./estate";
import type { Estate } from "./estate";
import type { Register } from "./register";
import type { Edge, Identity } from "./types";
import type { VaultIdentity } from "./vault";
import { iamPattern } from "./wildcards";

/** Service accounts that a role is bound to, as `<namespace>/<name>`, `*` standing for what it leaves open. */
export function serviceAccountsOf(role: RenderedResource): readonly string[] {
    const subject = opened(role, "boundSubject");
    const bySubject =
        typeof subject === "string" && subject.startsWith("system:serviceaccount:")
            ? [accountOfSubject(subject)]
            : [];
    if (!role.type.startsWith("vault:kubernetes/")) return bySubject;
    const names = strings(opened(role, "boundServiceAccountNames") ?? []) ?? ["*"];
    const selected = opened(role, "boundServiceAccountNamespaceSelector");
    const listed = strings(opened(role, "boundServiceAccountNamespaces") ?? []) ?? ["*"];
    const namespaces = selected === undefined || selected === "" ? listed : ["*"];
    return namespaces.flatMap((namespace) => names.map((name) => `${namespace}/${name}`));
}

/** Who can log in as a role: by the token of a service account, of a pipeline or of a cloud, or by a secret id. */
export function vaultEdges(
    estate: Estate,
    roles: readonly VaultIdentity[],
    register: Register,
): readonly Edge[] {
    for (const role of roles) {
        const cluster = register.clusterOf(role.resource, estate);
        if (cluster !== undefined) register.link(domainOf(role), cluster);
    }
    return roles.flatMap((to) =>
        bearers(to, register).map((from): Edge => ({
            from,
            to,
            decision: "allowed",
            by: [to.resource.name],
        })),
    );
}

/** Logins of one backend are those of one cluster. */
const domainOf = ({ realm = "", backend }: VaultIdentity): string => `${realm} ${backend}`;

function bearers(role: VaultIdentity, register: Register): readonly Identity[] {
    const { resource, backend, serviceAccounts, realm = "" } = role;
    const stranger = (name: string): Identity =>
        register.add<Identity>({ system: "vault", kind: "login", name, realm, serviceAccounts: [] });
    if (serviceAccounts.length > 0)
        return serviceAccounts.flatMap((name) => register.serviceAccounts(domainOf(role), name));
    const text = (property: string): readonly string[] => strings(opened(resource, property) ?? []) ?? ["*"];
    switch (resource.type.split("/")[0]) {
        case "vault:aws":
            return text("boundIamPrincipalArns").flatMap((arn) => {
                const pattern = iamPattern(arn);
                const found = register
                    .of("aws")
                    .filter((each) => pattern.matches((each as AwsIdentity).arn ?? "?"));
                return found.length > 0 ? found : [stranger(`${arn} by ${backend}`)];
            });
        case "vault:gcp":
            return text("boundServiceAccounts").map(
                (email) => register.get("gcp", undefined, email) ?? stranger(`${email} by ${backend}`),
            );
        default: {
            const subject = nameOf(resource, "boundSubject");
            const claims = Object.entries(mapOf(opened(resource, "boundClaims"))).flatMap(([claim, value]) =>
                typeof value === "string" ? [`${claim}=${value}`] : [claim],
            );
            const who = [...(subject === undefined ? [] : [`sub=${subject}`]), ...claims].join(", ");
            return [stranger(`${who === "" ? `whoever may log in as ${role.name}` : who} by ${backend}`)];
        }
    }
}
