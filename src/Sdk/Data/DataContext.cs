namespace Dfx.Sdk;

/// <summary>Where a dataset may look for its files.</summary>
/// <param name="Path">The file or folder that the user named for this dataset, or null: then the dataset looks where its package puts it.</param>
/// <param name="CacheFolder">A folder that exists and is writable, for what was packed or decoded once. Keyed by content, never by time.</param>
public sealed record DataContext(string? Path, string CacheFolder);
