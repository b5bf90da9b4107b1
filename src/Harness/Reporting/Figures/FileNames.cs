namespace Dfx.Harness.Reporting.Figures;

/// <summary>Names of files in one folder that all differ: words of other cases and signs, or that were shortened, give one name.</summary>
internal sealed class FileNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A name, or where it is taken the name with the first number that is free, from 2.</summary>
    internal string Apart(string name)
    {
        var numbered = name;
        for (var i = 2; !_taken.Add(numbered); i++)
        {
            numbered = FormattableString.Invariant($"{name}-{i}");
        }

        return numbered;
    }
}
