import { addTo } from "../../../components/domain/grouped";
import { Estate, order } from "../../access/estate";
import { resourceText, type Environment, type IsolationFinding, type Place } from "../types";
import { awsClaims } from "./aws";
import { Claims, type Claim } from "./claim";
import { gcpClaims } from "./gcp";
import { kubernetesClaims } from "./kubernetes";
import { vaultClaims } from "./vault";

const FIXES: Readonly<Record<Claim["kind"], string>> = {
    "shared-system": "Give each environment its own",
    "shared-principal": "Give each environment a principal of its own, and let in that one alone",
    "shared-key": "Encrypt what belongs to an environment with a key of that environment",
    "shared-entry": "Name it after its environment, and keep it in that environment's store",
};

interface Claimed {
    readonly environment: string;
    readonly place: Place;
    readonly claim: Claim;
}

/**
 * What more than one environment has as its own or lets in: accounts, principals, keys, entries. A role of one that
 * another trusts is such a thing, as both say its name. Names that only a deployment tells are left out.
 */
export function sharedThings(environments: readonly Environment[]): readonly IsolationFinding[] {
    const byName = new Map<string, Claimed[]>();
    for (const { name: environment, renderings } of environments) {
        for (const rendering of renderings) {
            for (const claim of claimsOf(new Estate([rendering]))) {
                const place = { stack: rendering.stack, what: resourceText(claim.resource) };
                addTo(byName, `${claim.what} ${claim.name}`, { environment, place, claim });
            }
        }
    }
    return [...byName.values()].flatMap(finding);
}

function claimsOf(estate: Estate): readonly Claim[] {
    const claims = new Claims();
    for (const collect of [awsClaims, gcpClaims, vaultClaims, kubernetesClaims]) collect(estate, claims);
    return claims.all;
}

/** One finding for each thing, with one place in each environment. */
function finding(claimed: readonly Claimed[]): IsolationFinding[] {
    const first = new Map<string, Claimed>();
    for (const each of claimed) if (!first.has(each.environment)) first.set(each.environment, each);
    const [one] = claimed;
    if (one === undefined || first.size < 2) return [];
    const sorted = [...first.values()].sort((a, b) => order(a.environment, b.environment));
    const { kind, what, name } = one.claim;
    const message = `${what} '${name}' belongs to ${sorted.map(({ environment }) => environment).join(" and to ")}`;
    return [{ kind, places: sorted.map(({ place }) => place), message, fix: FIXES[kind] }];
}
