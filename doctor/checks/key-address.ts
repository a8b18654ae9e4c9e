import { ok, withPassphrase } from "../check";
import type { Check } from "../check";
import type { Told } from "../finding";

/** The form of the addresses at which a token issuer publishes its keys. An address is told by its place alone. */
export const keyAddress: Check = {
    name: "key-address",
    symptom: "JWKS not fetched",
    look: ({ stack, keys }) =>
        keys.flatMap(({ setting, state, isRequired, addresses, command }): readonly Told[] => {
            // That it has to be set is told by the check for values.
            if (state === "missing") {
                if (!isRequired) return [];
                const why = "nobody has set it";
                return [
                    {
                        status: "skipped",
                        place: setting,
                        message: "it was not looked at",
                        why,
                        next: [command],
                    },
                ];
            }
            if (state === "sealed") {
                const next = withPassphrase(stack);
                const why = "it is encrypted, and no passphrase was given";
                return [{ status: "skipped", place: setting, message: "it was not looked at", why, next }];
            }
            return addresses.flatMap(({ faults }, at): readonly Told[] => {
                const place = addressPlace(setting, at, addresses.length);
                if (faults.length === 0) return [ok(place, "its form is sound")];
                return faults.map(({ message, isGrave }) => ({
                    status: isGrave ? "problem" : "warning",
                    place,
                    message: `it ${message}`,
                    why: "keys that others can exchange on the way let them sign tokens that are accepted",
                    next: [command],
                }));
            });
        }),
};

export const addressPlace = (setting: string, at: number, count: number): string =>
    count === 1 ? setting : `${setting}, address ${String(at + 1)} of ${String(count)}`;
