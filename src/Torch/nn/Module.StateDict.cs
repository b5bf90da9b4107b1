namespace Dfx.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>All parameters and persistent buffers by their dotted names: the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                var into = destination ?? [];
                var before = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, tensor) in State())
                {
                    into.TryAdd(before + name, tensor);
                }

                return into;
            }

            /// <summary>Copies tensors of those names and shapes into parameters and persistent buffers.</summary>
            /// <param name="source">Tensors by dotted name, converted to this module's dtypes and devices.</param>
            /// <param name="strict">Whether names that are missing or not known are an error.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>Names that the source lacks, and names that the module does not know.</returns>
            /// <exception cref="InvalidOperationException">Strict, and names do not fit; nothing was copied.</exception>
            /// <exception cref="ArgumentException">A shape does not fit; nothing was copied.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = State().Where(s => skip?.Contains(s.Name) != true).ToList();
                var known = own.Select(s => s.Name).ToHashSet();
                string[] missing = [.. known.Where(n => !source.ContainsKey(n))];
                string[] unexpected = [.. source.Keys.Where(n => !known.Contains(n) && skip?.Contains(n) != true)];
                if (strict && missing.Length + unexpected.Length > 0)
                {
                    throw new InvalidOperationException(
                        $"The state does not fit {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                }

                var fitting = own.Where(s => source.ContainsKey(s.Name)).ToList();
                foreach (var (name, tensor) in fitting)
                {
                    Fitting(name, tensor, source[name]);
                }

                using var outside = no_grad();
                fitting.ForEach(s => s.Tensor.copy_(source[s.Name]));
                return (missing, unexpected);
            }

            private IEnumerable<(string Name, Tensor Tensor)> State() =>
                named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Concat(named_buffers(include_nonpersistent: false));

            private static void Fitting(string name, Tensor own, Tensor given)
            {
                if (!own.shape.SequenceEqual(given.shape))
                {
                    throw new ArgumentException(
                        $"'{name}' has shape [{string.Join(", ", own.shape)}], the state has [{string.Join(", ", given.shape)}].");
                }
            }
        }
    }
}
