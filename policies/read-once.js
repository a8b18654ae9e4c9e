"use strict";
// The policy SDK reads the properties of a resource anew for each policy of a pack, nineteen times here; and it makes
// an error with a stack trace for each policy that does not apply. Both were half of what the pack cost. Reading once
// is safe because no policy of this pack changes what it is given, which a test holds.

const deserialize = require("@pulumi/policy/deserialize");

const read = new WeakMap();
const readProperties = deserialize.deserializeProperties;

deserialize.deserializeProperties = function (properties, keepUnknowns) {
    const known = read.get(properties);
    if (known !== undefined && known.keepUnknowns === keepUnknowns) return known.value;
    const value = readProperties(properties, keepUnknowns);
    read.set(properties, { keepUnknowns, value });
    return value;
};
