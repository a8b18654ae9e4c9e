"use strict";
// The policy SDK reads the properties of a resource anew for each policy of a pack, dozens of times here; and it makes
// an error with a stack trace for each policy that does not apply. Both were half of what the pack cost. Reading once
// is safe because no policy of this pack changes what it is given, which a test holds. The proxy that notices unknown
// values is also made once, so that rules about a stack know the same one again: `checked.ts`.

const deserialize = require("@pulumi/policy/deserialize");
const proxies = require("@pulumi/policy/proxy");

const read = new WeakMap();
const readProperties = deserialize.deserializeProperties;

deserialize.deserializeProperties = function (properties, keepUnknowns) {
    const known = read.get(properties);
    if (known !== undefined && known.keepUnknowns === keepUnknowns) return known.value;
    const value = readProperties(properties, keepUnknowns);
    read.set(properties, { keepUnknowns, value });
    return value;
};

const checked = new WeakMap();
const checkUnknowns = proxies.unknownCheckingProxy;

proxies.unknownCheckingProxy = function (properties) {
    const known = checked.get(properties);
    if (known !== undefined) return known;
    const value = checkUnknowns(properties);
    checked.set(properties, value);
    return value;
};
