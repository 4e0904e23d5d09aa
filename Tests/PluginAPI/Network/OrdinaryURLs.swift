import JackfieldNetwork

/// Public https URLs as people and models write them: real host names with paths, ports and queries of many shapes.
enum OrdinaryURLs {
    /// Three for each host, in turn with each of the shapes.
    static let all: [String] = hosts.enumerated().flatMap { index, host in
        (0..<3).map { "https://\(host)\(shapes[(index * 3 + $0) % shapes.count])" }
    }

    private static let shapes = [
        "", "/", "/index.html", "/a/b/c/d", "/v1/chat/completions", "/en-US/docs/Web/HTTP", "/search?q=ip+address",
        "?utm_source=x&utm_medium=y", "/path?url=https%3A%2F%2Fexample.com%2F", "/#section", "/page#a/b?c", ":443/",
        ":8443/x",
        ":8080/status", "/wiki/Localhost", "/wiki/127.0.0.1", "/questions/169.254.169.254", "/redirect?to=10.0.0.1",
        "/%E6%97%A5%E6%9C%AC/%2F", "/~user/file.tar.gz", "/a;b=c/d", "/@user/status/1", "/q?mail=a@b.example",
        "/x?a=1&b=2&c=%20",
        "/x#:~:text=hello", "/watch?v=dQw4w9WgXcQ&t=10s", "/.well-known/openid-configuration",
        "/api/v2/users/42?fields=name,mail",
        "/really/" + String(repeating: "long/", count: 40), "/x?" + String(repeating: "k=v&", count: 60), "/a//b",
        "/(parens)/[b]",
        "/file:///x", "/http://localhost/", "/?", "/*", "/$metadata", "/!", ":9443", ":/",
    ]

    static let hosts: [String] =
        names + punycode + literals + [
            "example.com.", "EXAMPLE.COM", "www.Example.Org", "a-b.c-d.example.com", "_dmarc.example.com",
            "xn--a.example.net", "1.example.com",
            "127.example.com", "10.0.0.1.example.com", "localhost.example.com", "internal.example.com",
            "local.example.org", "mylocalhost.com",
            "notlocal.net", "0x7f.example.com", "1password.com", "9gag.com", "163.com", "4chan.org", "0.pool.ntp.org",
            "8.8.8.8.nip.io",
            "1-1-1-1.sslip.io", "deadbeef.com", "cafe.babe.org", "metadata.example.com", "my-metadata.io",
            "instance-data.example.com",
        ]

    private static let punycode = [
        "xn--bcher-kva.example", "xn--mnchen-3ya.de", "xn--fsqu00a.xn--0zwm56d", "xn--e1afmkfd.xn--p1ai",
        "xn--80ak6aa92e.com",
        "xn--wgv71a119e.jp", "xn--caf-dma.fr", "www.xn--strae-oqa.de", "xn--nxasmm1c.com", "xn--9n2bp8q.xn--9t4b11yi5a",
        "xn--hxajbheg2az3al.xn--jxalpdlp", "xn--r8jz45g.xn--zckzah", "xn--mgbh0fb.xn--kgbechtv", "xn--4dbrk0ce.com",
        "xn--i-7iq.ws",
    ]

    private static let literals = [
        "1.1.1.1", "8.8.8.8", "9.9.9.9", "208.67.222.222", "151.101.1.69", "140.82.112.3", "93.184.216.34", "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1", "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1",
        "191.255.255.255",
        "192.0.1.1", "192.0.3.1", "192.31.196.1", "192.52.193.1", "192.167.255.255", "192.169.0.1", "192.175.48.1",
        "198.17.255.255",
        "198.20.0.1", "198.51.99.1", "198.51.101.1", "203.0.112.1", "203.0.114.1", "223.255.255.255", "192.0.0.9",
        "192.0.0.10",
        "[2606:4700:4700::1111]", "[2001:4860:4860::8888]", "[2620:fe::fe]", "[2a00:1450:4001:81b::200e]",
        "[2001:67c:4e8:f004::9]",
        "[2400:cb00:2049:1::a29f:1804]", "[64:ff9b::808:808]", "[64:ff9b::1.1.1.1]", "[2620:4f:8000::1]", "[2001:1::1]",
        "[2001:4:112::1]",
        "[3ffe:ffff::1]", "[2a03:2880:f12f:83:face:b00c:0:25de]", "[2001:200::1]", "[2001:20::1]",
    ]

    private static let names = """
        google.com www.google.com mail.google.com docs.google.com maps.google.com news.google.com translate.google.com
        scholar.google.com youtube.com www.youtube.com youtu.be m.youtube.com facebook.com www.facebook.com instagram.com
        www.instagram.com whatsapp.com web.whatsapp.com twitter.com x.com t.co linkedin.com www.linkedin.com reddit.com
        www.reddit.com old.reddit.com wikipedia.org en.wikipedia.org de.wikipedia.org fr.wikipedia.org ja.wikipedia.org
        zh.wikipedia.org commons.wikimedia.org wikidata.org www.wikidata.org amazon.com www.amazon.com amazon.de amazon.co.uk
        amazon.co.jp aws.amazon.com s3.amazonaws.com bucket.s3.us-west-2.amazonaws.com ec2.us-east-1.amazonaws.com
        sts.eu-central-1.amazonaws.com bedrock-runtime.us-east-1.amazonaws.com lambda.us-east-2.amazonaws.com cloudfront.net
        d111111abcdef8.cloudfront.net netflix.com www.netflix.com apple.com www.apple.com developer.apple.com support.apple.com
        icloud.com microsoft.com www.microsoft.com learn.microsoft.com docs.microsoft.com azure.microsoft.com portal.azure.com
        management.azure.com login.microsoftonline.com graph.microsoft.com myaccount.blob.core.windows.net outlook.office.com
        office.com live.com bing.com www.bing.com duckduckgo.com html.duckduckgo.com yahoo.com finance.yahoo.com baidu.com
        www.baidu.com taobao.com tmall.com qq.com weibo.com zhihu.com bilibili.com jd.com sina.com.cn douban.com csdn.net
        naver.com daum.net kakao.com rakuten.co.jp yahoo.co.jp nicovideo.jp line.me mercari.com yandex.ru vk.com mail.ru ok.ru
        habr.com ozon.ru github.com www.github.com api.github.com raw.githubusercontent.com gist.github.com
        objects.githubusercontent.com apple.github.io docs.github.com gitlab.com gitlab.gnome.org bitbucket.org codeberg.org
        sourceforge.net savannah.gnu.org sr.ht git.kernel.org www.kernel.org lwn.net lkml.org stackoverflow.com
        stackexchange.com superuser.com serverfault.com askubuntu.com unix.stackexchange.com math.stackexchange.com
        developer.mozilla.org www.mozilla.org addons.mozilla.org hg.mozilla.org w3.org www.w3.org whatwg.org url.spec.whatwg.org
        html.spec.whatwg.org fetch.spec.whatwg.org ietf.org www.ietf.org datatracker.ietf.org rfc-editor.org
        www.rfc-editor.org iana.org www.iana.org icann.org www.icann.org tools.ietf.org unicode.org www.unicode.org
        swift.org www.swift.org forums.swift.org docs.swift.org swiftpackageindex.com python.org www.python.org
        docs.python.org pypi.org files.pythonhosted.org peps.python.org rust-lang.org www.rust-lang.org doc.rust-lang.org
        crates.io docs.rs go.dev pkg.go.dev proxy.golang.org golang.org nodejs.org npmjs.com www.npmjs.com registry.npmjs.org
        yarnpkg.com deno.land jsr.io typescriptlang.org www.typescriptlang.org ruby-lang.org rubygems.org perl.org
        metacpan.org php.net www.php.net packagist.org openjdk.org maven.org repo1.maven.org search.maven.org
        gradle.org kotlinlang.org scala-lang.org haskell.org hackage.haskell.org elixir-lang.org hex.pm erlang.org
        julialang.org r-project.org cran.r-project.org llvm.org clang.llvm.org gcc.gnu.org www.gnu.org cmake.org ninja-build.org
        boost.org isocpp.org en.cppreference.com godbolt.org ziglang.org nim-lang.org ocaml.org dart.dev flutter.dev pub.dev
        ubuntu.com packages.ubuntu.com archive.ubuntu.com launchpad.net debian.org www.debian.org packages.debian.org
        deb.debian.org archlinux.org wiki.archlinux.org aur.archlinux.org fedoraproject.org getfedora.org redhat.com
        access.redhat.com centos.org opensuse.org gentoo.org alpinelinux.org nixos.org search.nixos.org freebsd.org
        openbsd.org netbsd.org man7.org linux.die.net manpages.debian.org docker.com hub.docker.com docs.docker.com
        registry-1.docker.io quay.io ghcr.io gcr.io kubernetes.io k8s.io helm.sh artifacthub.io prometheus.io grafana.com
        opentelemetry.io jaegertracing.io envoyproxy.io istio.io linkerd.io nginx.org www.nginx.com httpd.apache.org
        apache.org kafka.apache.org spark.apache.org cassandra.apache.org haproxy.org traefik.io caddyserver.com
        openssl.org libressl.org letsencrypt.org acme-v02.api.letsencrypt.org curl.se postgresql.org www.postgresql.org
        mysql.com mariadb.org sqlite.org www.sqlite.org redis.io mongodb.com elastic.co www.elastic.co influxdata.com
        clickhouse.com duckdb.org cockroachlabs.com snowflake.com databricks.com openai.com api.openai.com platform.openai.com
        chat.openai.com anthropic.com www.anthropic.com api.anthropic.com docs.anthropic.com claude.ai mistral.ai
        api.mistral.ai cohere.com api.cohere.com huggingface.co api-inference.huggingface.co cdn-lfs.huggingface.co
        ollama.com registry.ollama.ai generativelanguage.googleapis.com aiplatform.googleapis.com storage.googleapis.com
        www.googleapis.com fonts.googleapis.com oauth2.googleapis.com accounts.google.com cloud.google.com
        console.cloud.google.com firebase.google.com vercel.com netlify.com fly.io heroku.com render.com railway.app
        digitalocean.com www.digitalocean.com api.digitalocean.com linode.com api.linode.com vultr.com hetzner.com
        console.hetzner.cloud ovh.com scaleway.com oracle.com docs.oracle.com cloud.oracle.com ibm.com www.ibm.com
        cloud.ibm.com alibabacloud.com www.alibabacloud.com tencent.com cloud.tencent.com huawei.com cloudflare.com
        www.cloudflare.com api.cloudflare.com blog.cloudflare.com workers.dev cdnjs.cloudflare.com cdn.jsdelivr.net unpkg.com
        fastly.com akamai.com stripe.com api.stripe.com paypal.com www.paypal.com visa.com mastercard.com wise.com
        slack.com hooks.slack.com api.slack.com discord.com discordapp.com zoom.us teams.microsoft.com telegram.org
        api.telegram.org t.me signal.org matrix.org element.io twilio.com api.twilio.com sendgrid.com mailchimp.com
        api.mailgun.net atlassian.com example.atlassian.net jira.com trello.com notion.so www.notion.so airtable.com asana.com
        figma.com www.figma.com miro.com canva.com dropbox.com www.dropbox.com box.com drive.google.com wetransfer.com
        salesforce.com login.salesforce.com hubspot.com zendesk.com intercom.com shopify.com www.shopify.com ebay.com www.ebay.com
        etsy.com walmart.com target.com ikea.com booking.com airbnb.com www.airbnb.com expedia.com tripadvisor.com uber.com
        lyft.com spotify.com open.spotify.com soundcloud.com bandcamp.com twitch.tv www.twitch.tv vimeo.com imdb.com
        www.imdb.com rottentomatoes.com goodreads.com medium.com substack.com wordpress.com wordpress.org blogger.com tumblr.com
        pinterest.com quora.com www.quora.com news.ycombinator.com lobste.rs slashdot.org arstechnica.com theverge.com
        wired.com techcrunch.com nytimes.com www.nytimes.com washingtonpost.com theguardian.com www.theguardian.com bbc.com
        www.bbc.co.uk cnn.com edition.cnn.com reuters.com www.reuters.com apnews.com bloomberg.com economist.com ft.com
        spiegel.de www.zeit.de faz.net heise.de www.tagesschau.de lemonde.fr lefigaro.fr elpais.com elmundo.es corriere.it
        repubblica.it nrc.nl svt.se yle.fi nhk.or.jp asahi.com scmp.com straitstimes.com timesofindia.indiatimes.com
        aljazeera.com smh.com.au abc.net.au cbc.ca globo.com uol.com.br clarin.com nasa.gov www.nasa.gov noaa.gov
        api.weather.gov usgs.gov cdc.gov nih.gov pubmed.ncbi.nlm.nih.gov irs.gov whitehouse.gov loc.gov gov.uk www.gov.uk
        nhs.uk europa.eu ec.europa.eu bund.de admin.ch un.org www.who.int worldbank.org imf.org oecd.org cern.ch home.cern
        mit.edu www.mit.edu ocw.mit.edu stanford.edu cs.stanford.edu berkeley.edu harvard.edu ox.ac.uk cam.ac.uk ethz.ch
        tum.de u-tokyo.ac.jp tsinghua.edu.cn arxiv.org export.arxiv.org doi.org dx.doi.org nature.com www.nature.com
        science.org acm.org dl.acm.org ieeexplore.ieee.org springer.com link.springer.com jstor.org zenodo.org orcid.org
        archive.org web.archive.org openstreetmap.org www.openstreetmap.org tile.openstreetmap.org openlibrary.org
        gutenberg.org creativecommons.org eff.org torproject.org fsf.org opensource.org spdx.org semver.org json-schema.org
        schema.org json.org yaml.org toml.io commonmark.org markdownguide.org regex101.com jsonplaceholder.typicode.com
        httpbin.org postman-echo.com api.ipify.org ifconfig.me icanhazip.com nip.io lichess.org chess.com duolingo.com
        coursera.org www.coursera.org edx.org khanacademy.org www.khanacademy.org leetcode.com kaggle.com www.kaggle.com
        overleaf.com www.overleaf.com wolframalpha.com www.wolframalpha.com desmos.com example.com www.example.com example.org
        example.net
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}
