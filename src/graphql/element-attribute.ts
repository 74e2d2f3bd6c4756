/** An element, as far as its attributes go. */
interface WithAttributes {
  attributes: readonly { name: string; value: string }[];
}

/** The value of an attribute, letter case of its name ignored; null where the element has none of this name. */
export function attributeOf({ attributes }: WithAttributes, name: string): string | null {
  return attributes.find((attribute) => attribute.name.toLowerCase() === name.toLowerCase())?.value ?? null;
}
