using System.Security.Cryptography;
using System.Text;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Tests.Store;

/// <summary>Jobs and records that are made by hand.</summary>
internal static class TestRecords
{
    /// <summary>A key, from any text.</summary>
    internal static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal static Job Job(string key, JobKind kind = JobKind.Train, params string[] needs) => new()
    {
        Key = key,
        Kind = kind,
        Identity = "job " + key,
        Parts = [new("method", "m"), new("seed", "0")],
        Needs = needs,
        Model = null!,
        Device = new("cpu", 1),
    };

    internal static JobRecord Record(string key, Status status = Status.Ok) => new()
    {
        Key = key,
        Identity = "job " + key,
        Kind = "train",
        Status = status,
        Parts = new Dictionary<string, string> { ["method"] = "m", ["seed"] = "0" },
    };
}
