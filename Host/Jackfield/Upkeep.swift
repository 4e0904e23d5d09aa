import Accounting
import Caching
import Logging
import Manifest
import Orchestration
import Storage
import Telemetry

/// What is done once a second beside the requests: counts go to the store, the cache writes and tells its size.
enum Upkeep {
    /// Runs until it is cancelled, and writes what is left then.
    static func start(
        _ accounts: ModelAccounts, _ cache: ResponseCache?, metrics: MetricsRegistry, logger: Logger
    ) -> Task<Void, Never> {
        let bytes = metrics.gauge(.cacheBytes)
        let entries = metrics.gauge(.cacheEntries)
        return Task {
            let disk = Task { await cache?.disk?.run() }
            var isFailing = false
            repeat {
                do { try await Task.sleep(for: .seconds(1)) } catch { break }
                let error = await accounts.flush()
                // Told once, and again when it has worked in between: a full disk stays full for a while.
                if let error, !isFailing {
                    logger.error("usage could not be written", metadata: ["reason": "\(error)"])
                }
                isFailing = error != nil
                if let stats = cache?.stats {
                    bytes.set(Double(stats.bytes))
                    entries.set(Double(stats.entries))
                }
            } while !Task.isCancelled
            if let error = await accounts.flush() {
                logger.error("usage could not be written", metadata: ["reason": "\(error)"])
            }
            cache?.disk?.close()
            await cache?.disk?.flush()
            disk.cancel()
            await disk.value
        }
    }
}

extension ResponseCache {
    /// Nil if no model of the manifest uses it.
    convenience init?(_ manifest: Manifest, store: (any Store)?) {
        guard manifest.models.contains(where: \.cache.enabled) else { return nil }
        let config = manifest.cache
        let settings = CacheSettings(
            maxBytes: config.maxMemory.bytes, maxEntryBytes: config.maxEntry.bytes, ttl: .seconds(600))
        guard config.storage == .sqlite, let store else {
            self.init(settings: settings)
            return
        }
        self.init(
            settings: settings, disk: DiskCache(store: store, settings: DiskSettings(maxBytes: config.maxStorage.bytes))
        )
    }
}
