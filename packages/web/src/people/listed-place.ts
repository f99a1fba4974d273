/** A line of the list, and a mark on the map where it has a point; the country is coloured where it has none. */
export interface ListedPlace {
  key: string
  name: string
  says: string
  countryCode: string
  point: { latitude: number; longitude: number } | null
}
