import type { RenderedResource } from "../rendering";
import { order } from "./estate";
import type { Estate } from "./estate";
import type { Identity, System } from "./types";

/** Everybody who is known, by system, realm and name: declared by a stack, or named by a grant alone. */
export class Register {
    readonly #byKey = new Map<string, Identity>();
    readonly #accounts = new Map<string, Identity[]>();
    /** Clusters whose service accounts an issuer of tokens, or a login of Vault, answers to. */
    readonly #clusters = new Map<string, Set<string>>();

    /** The cluster of each consumer, by URN. */
    readonly #consumers = new Map<string, string>();

    add<I extends Identity>(identity: I): I {
        const key = keyOf(identity);
        const known = this.#byKey.get(key);
        if (known !== undefined) return known as I;
        this.#byKey.set(key, identity);
        if (identity.system === "kubernetes" && identity.kind === "service account") {
            const alike = this.#accounts.get(identity.name);
            if (alike === undefined) this.#accounts.set(identity.name, [identity]);
            else alike.push(identity);
        }
        return identity;
    }

    get(system: System, realm: string | undefined, name: string): Identity | undefined {
        return this.#byKey.get(`${system} ${realm ?? ""} ${name}`);
    }

    /** In no particular order. */
    of(system: System): readonly Identity[] {
        return [...this.#byKey.values()].filter((identity) => identity.system === system);
    }

    /** The cluster of a resource that stands under the same consumer as a service account. */
    clusterOf(resource: RenderedResource | undefined, estate: Estate): string | undefined {
        const consumer = resource && estate.consumerOf(resource);
        return consumer && this.#consumers.get(consumer.urn);
    }

    /** Says on which cluster a consumer's service account is. */
    place(consumer: string, cluster: string): void {
        this.#consumers.set(consumer, cluster);
    }

    /** Says that tokens of this cluster are what a trust domain accepts. */
    link(domain: string, cluster: string): void {
        this.#clusters.set(domain, (this.#clusters.get(domain) ?? new Set()).add(cluster));
    }

    /**
     * Service accounts whose tokens a trust domain accepts under a name, `*` and `?` in it being wildcards. Where
     * nothing says which cluster stands behind the domain, it may be any. What the name leaves open is a stranger.
     */
    serviceAccounts(domain: string, name: string): readonly Identity[] {
        const clusters = this.#clusters.get(domain);
        const here = ({ realm = "" }: Identity): boolean => clusters?.has(realm) ?? true;
        const open = /[*?]/u.test(name);
        const expression = new RegExp(
            `^${name.replace(/[\\^$.*+?()[\]{}|]/gu, (each) => (each === "*" ? ".*" : each === "?" ? "." : `\\${each}`))}$`,
            "u",
        );
        const named = open
            ? [...this.#accounts.values()].flat().filter((each) => expression.test(each.name))
            : (this.#accounts.get(name) ?? []);
        const found = named.filter(here);
        if (found.length > 0 && !open) return found;
        const [only, ...others] = clusters ?? [];
        const realm = only !== undefined && others.length === 0 ? { realm: only } : {};
        const stranger = this.add({
            system: "kubernetes",
            kind: "service account",
            name,
            serviceAccounts: [name],
            ...realm,
        });
        return [...found.filter((each) => each !== stranger), stranger];
    }
}

const keyOf = ({ system, realm, name }: Identity): string => `${system} ${realm ?? ""} ${name}`;

export const byIdentity = (a: Identity, b: Identity): number =>
    order(a.system, b.system) || order(a.realm ?? "", b.realm ?? "") || order(a.name, b.name);
