import { ok, unseen } from "../check";
import type { Check } from "../check";
import type { Told } from "../finding";
import { addressPlace } from "./key-address";

/** Whether an address answers with a set of keys (RFC 7517, section 5), asked from here. */
export const keysFetched: Check = {
    name: "keys-fetched",
    symptom: "JWKS not fetched",
    look: ({ stack, keys }) =>
        keys.flatMap(({ setting, addresses, command }) =>
            addresses.map(({ seen }, at): Told => {
                const place = addressPlace(setting, at, addresses.length);
                const again = `npm run doctor -- --stack ${stack} --network`;
                if (seen.is === "unread") return unseen(place, seen, [again]);
                if (seen.is === "missing") {
                    const why = "the issuer publishes its keys elsewhere, or the address is misspelled";
                    return {
                        status: "problem",
                        place,
                        message: "there is nothing at the address",
                        why,
                        next: [command],
                    };
                }
                if (seen.object.is === "keys")
                    return ok(place, `it answers with ${String(seen.object.count)} keys`);
                const { what, cause } = seen.object;
                return { status: "problem", place, message: what, why: cause, next: [again, command] };
            }),
        ),
};
