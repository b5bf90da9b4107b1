namespace Dfx.Data.Tasks;

/// <summary>One image's uniform numbers in (0, 1), read one after the other.</summary>
internal sealed class Draws(ReadOnlyMemory<float> uniforms)
{
    private int _next;

    /// <summary>The next number.</summary>
    internal double Next() => uniforms.Span[_next++];

    /// <summary>Uniform between two bounds.</summary>
    internal double Between(double low, double high) => low + ((high - low) * Next());

    /// <summary>An integer, uniform in [0, <paramref name="bound"/>).</summary>
    internal int Below(int bound) => (int)(Next() * bound);

    /// <summary>An integer, uniform from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    internal int From(int low, int high) => low + Below(high - low + 1);

    /// <summary>True with a probability.</summary>
    internal bool Chance(double probability) => Next() < probability;
}
