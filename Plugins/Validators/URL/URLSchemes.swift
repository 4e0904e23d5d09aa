/// Schemes that somebody would follow, or that run what they hold.
enum URLSchemes {
    static let web: Set<String> = ["https", "http"]

    /// They open a connection to the host in them, or read a file: in a text they are as good as an https URL there, and
    /// the rules for hosts apply.
    static let fetching: Set<String> = [
        "ftp", "ftps", "sftp", "tftp", "scp", "ssh", "gopher", "gophers", "dict", "ldap", "ldaps", "ldapi", "telnet",
        "tn3270",
        "smb", "smbs", "cifs", "nfs", "afp", "imap", "imaps", "pop3", "pop3s", "smtp", "smtps", "rtsp", "rtsps", "rtmp",
        "rtmps", "rsync", "svn", "svn+ssh", "ws", "wss", "dav", "davs", "webdav", "ssh2", "finger", "whois", "news",
        "nntp",
        "shttp", "unix", "phar", "netdoc", "file", "local_file", "jar", "view-source", "feed", "url", "wais",
        "prospero",
        "rlogin", "expect", "php", "zip", "zlib", "compress.zlib", "compress.bzip2", "glob", "ogg", "rar", "blob",
        "filesystem", "mhtml", "res", "chrome", "resource", "about", "ms-its", "mk", "search-ms", "ms-msdt",
    ]

    /// They need no host: what they hold runs, or is taken for a page, where a link leads to them.
    static let running: Set<String> = [
        "javascript", "vbscript", "livescript", "jscript", "data", "file", "mocha", "view-source", "jar", "blob",
        "filesystem", "mhtml", "ms-its", "mk", "ms-msdt", "search-ms", "php", "expect", "netdoc",
    ]
}
