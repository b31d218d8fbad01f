"""What each finding says: the key is stable, the sentence is the English source text with its parameters.

The middle column is the R4 issue-type of the finding (http://hl7.org/fhir/ValueSet/issue-type).
A sentence names the element and what is allowed there; it never repeats a value, which may be about a person.
"""

_TABLE = {
    # The shape of the JSON
    "not-a-resource": (
        "structure",
        "A resource is a JSON object with resourceType; this is {found}. Send one object.",
    ),
    "no-resource-type": (
        "structure",
        "resourceType is missing. Say which resource this is, for example Observation.",
    ),
    "unknown-resource-type": ("not-supported", "FHIR R4 has no resource of this type. Check the spelling."),
    "too-deep": ("too-costly", "The resource is nested more than {limit} levels deep. Make it flatter."),
    "too-many": (
        "too-costly",
        "There are more than {limit} findings; the rest are not shown. Mend these first.",
    ),
    "unknown-element": (
        "structure",
        "{type} has no element named {name} in FHIR R4. Remove it or correct the name.",
    ),
    "not-an-object": ("structure", "{name} is an object ({type}), but this is {found}. Send a JSON object."),
    "not-an-array": ("structure", "{name} may be repeated and is always an array. Put the value in [ ]."),
    "not-one": ("structure", "{name} is given once and is not an array. Send the value without [ ]."),
    "empty-array": ("structure", "{name} is an empty array. Leave the element out instead."),
    "empty-object": ("structure", "{name} has no content but an id. Fill it in or leave it out."),
    "null": (
        "structure",
        "null is allowed only in an array to hold the place of an extension. Leave it out.",
    ),
    "extension-places": (
        "structure",
        "{name} and _{name} must be arrays of the same length, with null where one of them has nothing.",
    ),
    "extension-of-complex": (
        "structure",
        "_{name} belongs to simple values, and {name} is not one. Remove it.",
    ),
    "missing": ("required", "{name} is required in {type}. Add it."),
    "value-twice": ("structure", "{base} may have one type only, and {name} is a second. Keep one of them."),
    "wrong-choice": ("structure", "{base} of {type} may not be of this type. Allowed: {allowed}."),
    # Simple values
    "not-text": ("value", "{name} is text ({type}), but this is {found}. Put it in quotation marks."),
    "not-number": (
        "value",
        "{name} is a number ({type}), but this is {found}. Send it without quotation marks.",
    ),
    "not-boolean": (
        "value",
        "{name} is true or false, but this is {found}. Send it without quotation marks.",
    ),
    "empty-text": ("value", "{name} is empty text. Leave the element out instead."),
    "number-range": ("value", "{name} is outside what {type} can hold ({allowed})."),
    "not-finite": (
        "value",
        "{name} is not a finite number. Leave it out and give a dataAbsentReason if you have one.",
    ),
    "too-long": ("too-long", "{name} is longer than the {limit} characters that {type} may have."),
    "bad-characters": (
        "value",
        "{name} has a character that text in FHIR cannot hold. Remove control characters.",
    ),
    "bad-form": ("value", "{name} is not written as {type}: {form}."),
    "no-zone": ("value", "{name} has a time without a time zone. Add Z or an offset such as +01:00."),
    "impossible-date": ("value", "{name} is a day that does not exist. Check day, month and year."),
    "bad-xhtml": ("value", "{name} is not the XHTML that a narrative may have: {why}."),
    # Codes and references
    "not-in-codes": ("code-invalid", "{name} must be one of the codes of {codes}: {allowed}."),
    "no-code-of-set": ("code-invalid", "{name} needs a coding from {codes}. Add one with system and code."),
    "wrong-target": ("structure", "{name} may refer to {allowed}, not to {found}."),
    "bad-reference": (
        "value",
        "The reference is neither type/id, an absolute URL, urn:uuid, urn:oid nor #id.",
    ),
    "reference-empty": (
        "required",
        "A reference says what it is to by reference, identifier or display. Add one of them.",
    ),
    "type-differs": ("value", "Reference.type says {type}, but the reference is to {found}. Let them agree."),
    "no-contained": (
        "not-found",
        "The reference is to a contained resource that is not there. Contain it or refer elsewhere.",
    ),
    "contained-unused": (
        "invariant",
        "Nothing refers to this contained resource (dom-3). Refer to it by #id or leave it out.",
    ),
    "contained-id": ("duplicate", "Two contained resources have the same id. Give each its own."),
    "invariant": ("invariant", "{rule} ({key})."),
    "extension-both": (
        "invariant",
        "An extension has either a value or extensions of its own, never both (ext-1).",
    ),
    "extension-neither": (
        "invariant",
        "An extension has a value or extensions of its own; this has neither (ext-1).",
    ),
    "modifier": (
        "extension",
        "{name} may change the meaning of what it stands in, and is not understood here. Do not rely on the"
        " rest without it.",
    ),
    # Bundles
    "full-url-missing": (
        "required",
        "Each entry of a {type} bundle needs a fullUrl. Give it one, for example urn:uuid:… .",
    ),
    "full-url-form": (
        "value",
        "fullUrl must be absolute: a URL, urn:uuid:… or urn:oid:…, without a version.",
    ),
    "full-url-id": (
        "value",
        "fullUrl ends in another type or id than the resource it stands for. Let them agree.",
    ),
    "entry-unresolved": (
        "not-found",
        "The reference is to a urn that no entry of this bundle has as fullUrl.",
    ),
    "entry-no-resource": ("required", "An entry with request.method {method} needs a resource. Add it."),
    "entry-url": (
        "value",
        "request.url does not agree with the resource of the entry. It should begin with {type}.",
    ),
    "entry-twice": (
        "duplicate",
        "Two entries of the transaction change the same resource. Keep one of them.",
    ),
    # National numbers
    "number-form": ("value", "This {kind} should be {form}, written with 0-9 alone. Check what was entered."),
    "number-check": ("value", "The check digits of this {kind} are wrong. Check what was entered."),
    "number-date": ("value", "This {kind} holds a date that does not exist. Check what was entered."),
    # Profiles
    "profile-unknown": ("informational", "The profile {profile} is not known here and was not checked."),
    "profile-other-type": (
        "structure",
        "The profile {profile} is for {type}, not for {found}. Remove it from meta.profile.",
    ),
    "profile-missing": ("required", "{profile} requires {name}. Add it."),
    "profile-too-many": ("structure", "{profile} allows {name} at most {max} times. Remove the rest."),
    "profile-not-allowed": ("structure", "{profile} does not allow {name}. Remove it."),
    "profile-fixed": ("value", "{profile} requires {name} to be {value}."),
    "profile-codes": ("code-invalid", "{profile} requires {name} to be one of {allowed}."),
    "profile-type": ("structure", "{profile} allows {name} only as {allowed}."),
    "profile-target": ("structure", "{profile} lets {name} refer to {allowed} only."),
    "profile-rule": ("invariant", "{profile}: {rule}"),
    "profile-note": ("informational", "{rule}"),
}

CODES = {key: code for key, (code, _) in _TABLE.items()}
SENTENCES = {key: sentence for key, (_, sentence) in _TABLE.items()}
