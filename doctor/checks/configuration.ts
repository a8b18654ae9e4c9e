import { ok } from "../check";
import type { Check } from "../check";
import { masked } from "../masked";

/** What the project refuses by itself; the other checks have nothing to look at then. */
export const configuration: Check = {
    name: "configuration",
    symptom: "configuration refused",
    look: ({ stack, refused, isRendered }) => {
        const other = refused.filter(({ message }) => !isAboutValue(message));
        if (refused.length === 0 && isRendered) return [ok(`Pulumi.${stack}.yaml`, "the program takes it")];
        return other.map(({ place, message, fix }) => ({
            status: "problem",
            place,
            message: masked(message),
            ...(fix === undefined ? {} : { why: masked(fix) }),
            next: ["npm run preview -- --no-policies"],
        }));
    },
};

/** As the configuration's own checks word it; such a value is told by the check for placeholders. */
export const isAboutValue = (message: string): boolean => message.startsWith("its value ");
