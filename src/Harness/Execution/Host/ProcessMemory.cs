using System.Globalization;

namespace Dfx.Harness.Execution.Host;

/// <summary>The resident memory of another process.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes, or null if the process is gone.</summary>
    internal static long? Resident(int process)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/statm")).Split(' ');
            return long.Parse(fields[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
