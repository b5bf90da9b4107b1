using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dfx.Harness.Matrix;

/// <summary>Refuses YAML that is nested deeper than any matrix, before it exhausts the stack of who reads it.</summary>
internal sealed class ShallowParser(IParser inner) : IParser
{
    internal const int Deepest = 50;

    private int _depth;

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        var more = inner.MoveNext();
        _depth += more ? Current!.NestingIncrease : 0;
        return _depth <= Deepest ? more : throw new YamlException(Current!.Start, Current.End, $"lists and mappings are nested more than {Deepest} deep");
    }
}
