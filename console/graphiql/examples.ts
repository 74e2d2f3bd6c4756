/** A tab that is open at first. */
export interface Example {
  query: string;
}

const PAGE = 'http://data.pr4e.org/page1.htm';

/** Six operations to begin with: each runs as it is. */
export const EXAMPLES: readonly Example[] = [
  {
    query: `# A page: however many fields ask, it is retrieved once.
query Page {
  page(url: "${PAGE}") {
    finalUrl
    status
    headers {
      name
      value
    }
    body {
      mediaType
      bytes
      encoding {
        name
        source
      }
    }
    metadata {
      title
    }
    exchanges {
      timings {
        dns
        tcp
        firstByte
        total
      }
    }
  }
}
`,
  },
  {
    query: `# Its links, as written and resolved. Ask for more with \`nextOffset\` as \`offset\`.
query Links {
  page(url: "${PAGE}") {
    links(limit: 20) {
      baseUrl
      total
      nextOffset
      links {
        href
        url
        text
        kind
      }
    }
  }
}
`,
  },
  {
    query: `# Tags and their attributes, and what stands around them.
query Tags {
  page(url: "${PAGE}") {
    tags(tag: "a") {
      total
      tags {
        href: attribute(name: "href")
        text
        contents
        parent {
          name
        }
        position {
          line
          column
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Following: the pages that links lead to, and from each page to the next. \`extensions.budget\` says how many retrievals are left.
query Following {
  page(url: "http://data.pr4e.org/page2.htm") {
    links(follow: { first: 3, sameOrigin: true }) {
      links {
        url
        page {
          status
          select(selector: "h1") {
            elements {
              text
            }
          }
        }
      }
    }
    paginate(selector: "a", limit: 2) {
      finalUrl
    }
  }
}
`,
  },
  {
    query: `# Extraction: a shape of your own, filled from the page. Selectors stand where values are to be.
query Extraction {
  page(url: "${PAGE}") {
    extract(shape: { heading: "h1", links: [{ _: "a", text: ".", url: "@href" }] }) {
      data
      missed
      misses {
        pointer
        message
      }
    }
  }
}
`,
  },
  {
    query: `# Encoding: a text as characters and bytes, and bytes as text.
query Encoding {
  encode(text: "もしもし") {
    characters {
      character
      codePoint
      name
      utf8
    }
    encodings {
      name
      hex
    }
  }
  decode(hex: "82e082b582e082b5", encoding: "shift_jis") {
    text
    encoding
    source
  }
}
`,
  },
];
