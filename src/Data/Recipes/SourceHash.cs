using System.Security.Cryptography;
using System.Text;
using Dfx.Data.Archives;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>A hash of a file, or of the names and contents of a folder's files, and of what lies beside and is read with it.</summary>
internal static class SourceHash
{
    /// <summary>64 hexadecimal digits.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="facts">What else belongs to it.</param>
    /// <param name="beside">Files that are read with it.</param>
    /// <exception cref="DataUnavailableException">It is missing or unreadable.</exception>
    public static string Of(string path, string facts, params IEnumerable<string> beside)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(facts));
        try
        {
            foreach (var (name, file) in Files(path).Concat(beside.Select(file => ($"../{Path.GetFileName(file)}", file))))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"\n{name}\n"));
                using var stream = File.OpenRead(RegularFile.Checked(file));
                hash.AppendData(SHA256.HashData(stream));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataUnavailableException($"{path}: cannot be read: {error.Message}", error);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Name, string Path)> Files(string path) => Directory.Exists(path)
        ? new FolderFiles(path).Names.Select(name => (name, Path.Combine(path, name)))
        : [("", path)];
}
